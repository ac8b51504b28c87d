using System.Text;
using System.Text.Json.Nodes;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Projects;

/// <summary>A function with its own URL.</summary>
[ClassDataSource<Platform>(Shared = SharedType.PerTestSession)]
internal sealed class FunctionUrlTests(Platform platform)
{
    private const string Template = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Addressed:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: addressed
              CodeUri: src/
              Handler: app.handler
              Runtime: python3.11
              FunctionUrlConfig: { AuthType: NONE, Cors: { AllowOrigins: ['https://shop.example'] } }
        """;

    [Test]
    public async Task A_function_URL_uses_payload_version_2()
    {
        await platform.DeployAsync(platform.Write(
            "addressed", Template, ("src/app.py", "def handler(event, context):\n    return event\n")));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/_url/addressed/some/thing?a=1&a=2&b=x%20y");
        request.Headers.Add("Cookie", "one=1; two=2");
        request.Headers.Add("Origin", "https://shop.example");
        request.Content = new StringContent("text", Encoding.UTF8, "text/plain");
        using var answer = await platform.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var sent = JsonNode.Parse(text)!;
        await Assert.That($"{answer.StatusCode} {sent["version"]} {sent["routeKey"]} {sent["rawPath"]}")
            .IsEqualTo("OK 2.0 $default /some/thing")
            .Because(text);
        await Assert.That($"{sent["rawQueryString"]} {sent["queryStringParameters"]!["a"]} "
            + $"{string.Join(' ', sent["cookies"]!.AsArray())}").IsEqualTo("a=1&a=2&b=x%20y 1,2 one=1 two=2");
        await Assert.That($"{sent["requestContext"]!["http"]!["method"]} {sent["body"]} {sent["isBase64Encoded"]}")
            .IsEqualTo("PUT text false");
        await Assert.That(answer.Headers.GetValues("Access-Control-Allow-Origin").Single())
            .IsEqualTo("https://shop.example");
    }
}
