using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Frameworks;

/// <summary>
/// Applications of popular frameworks, behind the adapters that people use on AWS, with both payload versions.
/// </summary>
[ClassDataSource<FrameworkPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class FrameworkTests(FrameworkPlatform platform)
{
    public static IEnumerable<string> Prefixes() => FrameworkPlatform.Prefixes;

    [Test]
    [MethodDataSource(nameof(Prefixes))]
    public async Task A_framework_sees_method_parameters_query_cookies_and_JSON_body_and_answers_with_cookies(
        string prefix)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"/{prefix}/hello/caf%C3%A9?a=1&b=x%20y", UriKind.Relative));
        request.Headers.Add("Cookie", "session=abc; theme=dark");
        request.Content = new StringContent("""{"n":[1,2],"s":"é"}""", Encoding.UTF8, "application/json");
        using var answer = await platform.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.Created).Because(text);
        var json = JsonNode.Parse(text)!;
        await Assert.That($"{json["method"]} {json["name"]} {json["query"]!["a"]} {json["query"]!["b"]} "
            + $"{string.Join("; ", ((string)json["cookie"]!).Split(';', StringSplitOptions.TrimEntries))}")
            .IsEqualTo("POST café 1 x y session=abc; theme=dark");
        await Assert.That(json["body"]!.ToJsonString())
            .IsEqualTo(JsonNode.Parse("""{"n":[1,2],"s":"é"}""")!.ToJsonString());
        await Assert.That(string.Join(' ', answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])))
            .IsEqualTo("one=1 two=2");
        await Assert.That(answer.Headers.GetValues("X-Framework").Single()).IsEqualTo(prefix.TrimEnd('2'));
    }

    [Test]
    [MethodDataSource(nameof(Prefixes))]
    public async Task A_framework_sends_bytes_redirects_and_its_own_404(string prefix)
    {
        await Assert.That(Convert.ToHexString(await platform.Client.GetByteArrayAsync(
            new Uri($"/{prefix}/bytes", UriKind.Relative)))).IsEqualTo("00FF800A");
        using var moved = await platform.Client.GetAsync(new Uri($"/{prefix}/moved", UriKind.Relative));
        await Assert.That((moved.StatusCode, moved.Headers.Location?.ToString()))
            .IsEqualTo((HttpStatusCode.Redirect, "/elsewhere"));
        using var missing = await platform.Client.GetAsync(new Uri($"/{prefix}/missing", UriKind.Relative));
        await Assert.That(missing.StatusCode).IsEqualTo(HttpStatusCode.NotFound);
        await Assert.That(await missing.Content.ReadAsStringAsync()).Contains("/missing");
    }
}
