using System.Text;
using Esb.Gateway.Authorizers;
using Esb.Gateway.Routing;

namespace Esb.Gateway.Tests.Authorizers;

/// <summary>How many answers of authorizers are cached.</summary>
internal sealed class AnswerCacheTests
{
    [Test]
    public async Task The_cache_is_bounded_in_bytes_and_counts_correctly()
    {
        var cache = new AnswerCache(TimeSpan.FromHours(1), TimeProvider.System);
        var large = AnswerOf(AuthorizerAnswer.MaxBytes);
        for (var i = 0; i < 5_000; i++)
        {
            cache.Add($"{i}", large);
            await Assert.That(cache.Bytes).IsLessThanOrEqualTo(AnswerCache.MaxBytes + large.Size);
        }

        await Assert.That(cache.Find("4999")).IsNotNull();
        var small = AnswerOf(1_000);
        var before = cache.Bytes;
        cache.Add("4999", small);
        await Assert.That(cache.Bytes).IsEqualTo(before - large.Size + small.Size);
    }

    [Test]
    public async Task An_answer_larger_than_API_Gateways_limit_is_invalid()
    {
        await Assert.That(AuthorizerAnswer.Read(Text(AuthorizerAnswer.MaxBytes), ApiKind.Http, simple: true))
            .IsNotNull();
        await Assert.That(AuthorizerAnswer.Read(Text(AuthorizerAnswer.MaxBytes + 1), ApiKind.Http, simple: true))
            .IsNull();
    }

    private static AuthorizerAnswer AnswerOf(int size) =>
        AuthorizerAnswer.Read(Text(size), ApiKind.Http, simple: true)!;

    private static byte[] Text(int size)
    {
        const string Begin = "{\"isAuthorized\":true,\"context\":{\"k\":\"";
        return Encoding.UTF8.GetBytes(Begin + new string('v', size - Begin.Length - 3) + "\"}}");
    }
}
