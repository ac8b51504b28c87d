using System.Text;
using Esb.Gateway.LambdaApi;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tests.LambdaApi;

/// <summary>The client context of a caller.</summary>
internal sealed class ClientContextTests
{
    [Test]
    [Arguments("""{"custom":{"a":"\ud800"}}""")]
    [Arguments("""{"custom":{"a":"\udc00b"}}""")]
    [Arguments("""{"\ud800":1}""")]
    [Arguments("[]")]
    [Arguments("{")]
    [Arguments("")]
    public async Task A_context_that_no_runtime_could_read_is_400(string json)
    {
        var (text, error) = Read(json.Length == 0 ? " " : json);
        await Assert.That((text, error?.Status, error?.Type))
            .IsEqualTo((null, 400, "InvalidRequestContentException"));
    }

    [Test]
    public async Task Other_text_is_passed_on_as_one_line_of_ASCII() =>
        await Assert.That(Read("""{"custom": {"a": "\ud83d\ude00\u00e4\n"}}"""))
            .IsEqualTo((@"{""custom"":{""a"":""\uD83D\uDE00\u00E4\n""}}", null));

    private static (string? Json, LambdaError? Error) Read(string json)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["X-Amz-Client-Context"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
        return ClientContext.Read(context.Request);
    }
}
