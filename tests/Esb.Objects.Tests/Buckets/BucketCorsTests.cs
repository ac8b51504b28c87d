using System.Net;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Buckets;

/// <summary>What a page of another origin may do with a bucket, according to the S3 user guide.</summary>
public sealed class BucketCorsTests : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private Store _store = null!;
    private string _bucket = "";

    [Before(Test)]
    public async Task PutRulesAsync()
    {
        _store = await Store.StartAsync();
        _bucket = await _store.NewBucketAsync();
        await _store.Client.PutBytesAsync(_bucket, "key", "content"u8.ToArray());
        await _store.Client.PutCORSConfigurationAsync(_bucket, new CORSConfiguration
        {
            Rules =
            [
                new CORSRule
                {
                    Id = "shop",
                    AllowedOrigins = ["https://shop.example", "https://*.shop.example"],
                    AllowedMethods = ["PUT", "POST"],
                    AllowedHeaders = ["Content-Type", "x-amz-*"],
                    ExposeHeaders = ["ETag", "x-amz-request-id"],
                    MaxAgeSeconds = 3000,
                },
                new CORSRule { AllowedOrigins = ["*"], AllowedMethods = ["GET", "HEAD"] },
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_store is not null)
            await _store.DisposeAsync();
    }

    [Test]
    public async Task A_preflight_needs_no_signature_and_is_told_what_the_first_matching_rule_allows()
    {
        using var answer = await PreflightAsync("https://shop.example", "PUT", "content-type, X-Amz-Meta-Colour");

        await Assert.That((int)answer.StatusCode).IsEqualTo(200);
        await Assert.That(Header(answer, "Access-Control-Allow-Origin")).IsEqualTo("https://shop.example");
        await Assert.That(Header(answer, "Access-Control-Allow-Credentials")).IsEqualTo("true");
        await Assert.That(Header(answer, "Access-Control-Allow-Methods")).IsEqualTo("PUT, POST");
        await Assert.That(Header(answer, "Access-Control-Allow-Headers")).IsEqualTo("content-type, x-amz-meta-colour");
        await Assert.That(Header(answer, "Access-Control-Expose-Headers")).IsEqualTo("ETag, x-amz-request-id");
        await Assert.That(Header(answer, "Access-Control-Max-Age")).IsEqualTo("3000");
        await Assert.That(Header(answer, "Vary"))
            .IsEqualTo("Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    }

    [Test]
    [Arguments("https://a.shop.example", "POST", "", 200)]
    [Arguments("https://a.b.shop.example", "POST", "", 200)]
    [Arguments("https://.shop.example", "POST", "", 200)]
    [Arguments("https://shop.example.evil", "POST", "", 403)]
    [Arguments("http://shop.example", "POST", "", 403)]
    [Arguments("https://SHOP.example", "POST", "", 403)]
    [Arguments("https://anybody.example", "GET", "", 200)]
    [Arguments("null", "GET", "", 200)]
    [Arguments("https://anybody.example", "PUT", "", 403)]
    [Arguments("https://shop.example", "DELETE", "", 403)]
    [Arguments("https://shop.example", "PATCH", "", 403)]
    [Arguments("https://shop.example", "put", "", 403)]
    [Arguments("https://shop.example", "PUT", "authorization", 403)]
    [Arguments("https://shop.example", "PUT", "X-AMZ-DATE,CONTENT-TYPE", 200)]
    [Arguments("https://anybody.example", "GET", "range", 403)]
    [Arguments("", "GET", "", 400)]
    [Arguments("https://shop.example", "", "", 400)]
    public async Task Origins_and_headers_match_with_one_wildcard_and_methods_exactly(
        string origin,
        string method,
        string headers,
        int status)
    {
        using var answer = await PreflightAsync(origin, method, headers);

        await Assert.That((int)answer.StatusCode).IsEqualTo(status);
        await Assert.That(answer.Headers.Contains("Access-Control-Allow-Origin")).IsEqualTo(status == 200);
        await Assert.That(await answer.Content.ReadAsStringAsync()).Contains(status switch
        {
            200 => "",
            403 => "<Code>AccessForbidden</Code>",
            _ => "<Code>BadRequest</Code>",
        });
    }

    [Test]
    public async Task A_bucket_without_rules_and_no_bucket_at_all_let_no_page_in()
    {
        var plain = await _store.NewBucketAsync();
        using var without = await PreflightAsync("https://shop.example", "GET", "", $"/{plain}/key");
        using var nowhere = await PreflightAsync("https://shop.example", "GET", "", "/no-such-bucket/key");
        using var service = await PreflightAsync("https://shop.example", "GET", "", "/");
        using var read = await SendAsync(
            Presigner.Version4(_store, "GET", $"/{plain}"), HttpMethod.Get, "https://shop.example");

        foreach (var answer in new[] { without, nowhere, service })
            await Assert.That(await answer.Content.ReadAsStringAsync())
                .Contains("CORSResponse: CORS is not enabled for this bucket.");
        await Assert.That((int)read.StatusCode).IsEqualTo(200);
        await Assert.That(read.Headers.Any(
            header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase))).IsFalse();
    }

    [Test]
    public async Task Answers_to_pages_of_other_origins_have_the_headers_also_when_they_are_errors()
    {
        using var written = await SendAsync(
            Presigner.Version4(_store, "PUT", $"/{_bucket}/new"), HttpMethod.Put, "https://shop.example");
        using var read = await SendAsync(
            Presigner.Version4(_store, "GET", $"/{_bucket}/key"), HttpMethod.Get, "https://anybody.example");
        using var absent = await SendAsync(
            Presigner.Version4(_store, "GET", $"/{_bucket}/absent"), HttpMethod.Get, "https://anybody.example");
        using var unsigned = await SendAsync(
            new Uri(_store.Address, $"/{_bucket}/key"), HttpMethod.Get, "https://anybody.example");
        using var foreign = await SendAsync(
            Presigner.Version4(_store, "PUT", $"/{_bucket}/new"), HttpMethod.Put, "https://anybody.example");
        using var same = await SendAsync(Presigner.Version4(_store, "GET", $"/{_bucket}/key"), HttpMethod.Get, null);

        await Assert.That(((int)written.StatusCode, Header(written, "Access-Control-Allow-Origin")))
            .IsEqualTo((200, "https://shop.example"));
        await Assert.That(Header(written, "Access-Control-Expose-Headers")).IsEqualTo("ETag, x-amz-request-id");
        await Assert.That(((int)read.StatusCode, Header(read, "Access-Control-Allow-Origin"))).IsEqualTo((200, "*"));
        await Assert.That(Header(read, "Access-Control-Allow-Credentials")).IsNull();
        await Assert.That(await read.Content.ReadAsStringAsync()).IsEqualTo("content");
        await Assert.That(((int)absent.StatusCode, Header(absent, "Access-Control-Allow-Origin")))
            .IsEqualTo((404, "*"));
        await Assert.That(((int)unsigned.StatusCode, Header(unsigned, "Access-Control-Allow-Origin")))
            .IsEqualTo((403, "*"));
        await Assert.That(((int)foreign.StatusCode, Header(foreign, "Access-Control-Allow-Origin")))
            .IsEqualTo((200, null));
        await Assert.That(Header(foreign, "Vary")).IsNotNull();
        await Assert.That(Header(same, "Vary")).IsEqualTo(Header(read, "Vary"));
    }

    [Test]
    public async Task Changed_rules_apply_from_the_next_request_and_survive_a_kill()
    {
        await _store.KillAndStartAsync();
        using var before = await PreflightAsync("https://anybody.example", "GET", "");
        await _store.Client.PutCORSConfigurationAsync(_bucket, new CORSConfiguration
        {
            Rules = [new CORSRule { AllowedOrigins = ["https://one.example"], AllowedMethods = ["GET"] }],
        });
        using var replaced = await PreflightAsync("https://anybody.example", "GET", "");
        using var one = await PreflightAsync("https://one.example", "GET", "");
        await _store.Client.DeleteCORSConfigurationAsync(_bucket);
        using var removed = await PreflightAsync("https://one.example", "GET", "");

        await Assert.That((before.StatusCode, replaced.StatusCode, one.StatusCode, removed.StatusCode))
            .IsEqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden));
    }

    [Test]
    [Arguments("<AllowedMethod>PATCH</AllowedMethod><AllowedOrigin>*</AllowedOrigin>", "InvalidRequest")]
    [Arguments("<AllowedMethod>GET</AllowedMethod><AllowedOrigin>http://*.a.*</AllowedOrigin>", "InvalidRequest")]
    [Arguments(
        "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><AllowedHeader>*-*</AllowedHeader>",
        "InvalidRequest")]
    [Arguments(
        "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><ExposeHeader>*</ExposeHeader>",
        "InvalidRequest")]
    [Arguments(
        "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>"
            + "<ExposeHeader>a&#13;&#10;b: c</ExposeHeader>",
        "InvalidRequest")]
    [Arguments("<AllowedMethod>GET</AllowedMethod>", "MalformedXML")]
    [Arguments("<AllowedOrigin>*</AllowedOrigin>", "MalformedXML")]
    [Arguments(
        "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><MaxAgeSeconds>-1</MaxAgeSeconds>",
        "MalformedXML")]
    public async Task Rules_that_S3_refuses_are_refused_and_the_old_ones_stay(string rule, string code)
    {
        var body = new StringContent($"<CORSConfiguration><CORSRule>{rule}</CORSRule></CORSConfiguration>");
        using var answer = await _http.PutAsync(
            Presigner.Version4(_store, "PUT", $"/{_bucket}", new Dictionary<string, string> { ["cors"] = "" }), body);
        using var after = await PreflightAsync("https://anybody.example", "GET", "");

        await Assert.That(await answer.Content.ReadAsStringAsync()).Contains($"<Code>{code}</Code>");
        await Assert.That((int)after.StatusCode).IsEqualTo(200);
    }

    private Task<HttpResponseMessage> PreflightAsync(string origin, string method, string headers, string? path = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, new Uri(_store.Address, path ?? $"/{_bucket}/key"));
        foreach (var (name, value) in new[]
        {
            ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", headers),
        })
        {
            if (value.Length > 0)
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return _http.SendAsync(request);
    }

    private Task<HttpResponseMessage> SendAsync(Uri url, HttpMethod method, string? origin)
    {
        var request = new HttpRequestMessage(method, url);
        if (method == HttpMethod.Put)
            request.Content = new ByteArrayContent("new"u8.ToArray());
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        return _http.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
