using System.Text;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;

namespace Esb.Gateway.Tests.Responses;

/// <summary>Headers that would be kept in memory for a client in addition to the body.</summary>
internal sealed class LargeHeadTests
{
    [Test]
    [Arguments("\"headers\":{\"X-A\":\"VALUE\"}")]
    [Arguments("\"headers\":{\"X-A\":\"HALF\",\"X-B\":\"HALF\"}")]
    [Arguments("\"cookies\":[\"HALF\",\"HALF\"]")]
    public async Task Headers_and_cookies_over_their_limit_are_a_malformed_answer(string fields)
    {
        await Assert.That(FunctionResponse.TryRead(Payload(fields, PreludeReader.MaxBytes + 2), ApiKind.Http, out _))
            .IsFalse();
        await Assert.That(FunctionResponse.TryRead(
            Payload(fields, PreludeReader.MaxBytes - 20), ApiKind.Http, out var answer)).IsTrue();
        await Assert.That(answer.HeadLength).IsGreaterThan(PreludeReader.MaxBytes - 30)
            .And.IsLessThanOrEqualTo(PreludeReader.MaxBytes);
    }

    private static byte[] Payload(string fields, int size)
    {
        var filled = fields.Replace("VALUE", new string('v', size), StringComparison.Ordinal)
            .Replace("HALF", new string('v', size / 2), StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes($$"""{"statusCode":200,{{filled}}}""");
    }
}
