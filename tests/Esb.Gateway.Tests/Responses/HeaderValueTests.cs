using Esb.Gateway.Tests.Authorizers;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Responses;

/// <summary>Header values, and answers of any depth, from a function to its client.</summary>
internal sealed class HeaderValueTests
{
    [Test]
    [Arguments("1.0")]
    [Arguments("2.0")]
    public async Task Whitespace_around_a_value_is_removed_and_an_empty_value_is_sent(string payload)
    {
        const string Response = """
            {"statusCode":200,"body":"ok",
            "headers":{"X-A":" a\t","X-Empty":"","X-Blank":" ","ETag":"","Content-Type":" text/x "}}
            """;
        await using var gateway = await StartAsync(payload, Response);
        var answer = await gateway.GetAsync("/f");
        string[] names = ["X-A", "X-Empty", "X-Blank", "ETag", "Content-Type"];
        await Assert.That(string.Join('|', names.Select(name => answer.Lines(name))))
            .IsEqualTo("X-A: a|X-Empty: |X-Blank: |ETag: |Content-Type: text/x");
    }

    [Test]
    public async Task Cookies_and_headers_with_several_values_are_sent_without_surrounding_whitespace_as_well()
    {
        await using var http = await StartAsync("2.0", """{"statusCode":200,"cookies":[" a=1 ","b=2\t"]}""");
        await Assert.That((await http.GetAsync("/f")).Lines("Set-Cookie"))
            .IsEqualTo("Set-Cookie: a=1\nSet-Cookie: b=2");
        await using var rest = await StartAsync(
            "1.0", """{"statusCode":200,"multiValueHeaders":{"X-A":[" 1","","2 "]}}""");
        await Assert.That((await rest.GetAsync("/f")).Lines("X-A")).IsEqualTo("X-A: 1\nX-A: \nX-A: 2");
    }

    [Test]
    [Arguments("1.0")]
    [Arguments("2.0")]
    public async Task An_answer_means_the_same_however_deep_it_is(string payload)
    {
        foreach (var depth in (int[])[10, 999, 1_001, 100_000])
        {
            var deep = new string('[', depth) + new string(']', depth);
            await using var first = await StartAsync(payload, $$"""{"x":{{deep}},"statusCode":403,"body":"no"}""");
            await Assert.That((await first.GetAsync("/f")).Summary()).IsEqualTo("403 no");
            await using var last = await StartAsync(payload, $$"""{"statusCode":403,"body":"no","x":{{deep}}}""");
            await Assert.That((await last.GetAsync("/f")).Summary()).IsEqualTo("403 no");
        }
    }

    private static Task<ServedConfiguration> StartAsync(string payload, string answer) =>
        ServedConfiguration.StartAsync(
            $"routes: [{{ path: /f, function: f, payload: '{payload}' }}]", ("f", _ => answer));
}
