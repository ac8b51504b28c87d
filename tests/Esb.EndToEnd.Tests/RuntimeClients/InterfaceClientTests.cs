using System.Text;
using System.Text.Json.Nodes;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.RuntimeClients;

/// <summary>A <c>provided</c> function whose bootstrap starts AWS's own client of the Runtime API.</summary>
internal sealed class InterfaceClientTests
{
    private const string Template =
        """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Globals:
          Function: { CodeUri: src/, Runtime: provided.al2023, Timeout: 20, MemorySize: 256 }
        Resources:
          Answers:
            Type: AWS::Serverless::Function
            Properties: { FunctionName: answers, Handler: app.handler }
          Streams:
            Type: AWS::Serverless::Function
            Properties: { FunctionName: streams, Handler: app.streams }
        """;

    [Test]
    public async Task AWS_s_own_client_for_Node_answers_fails_and_streams_without_changes()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var template = platform.Write("client", Template);
        await InterfaceClient.WriteAsync(Path.Combine(Path.GetDirectoryName(template)!, "src"));
        await platform.DeployAsync(template);

        for (var n = 1; n <= 3; n++)
        {
            var (answer, text) = await InvokeAsync(
                platform, "2015-03-31/functions/answers/invocations", $$"""{"n":"{{n}} ☃"}""");
            var seen = JsonNode.Parse(text)!;
            await Assert.That($"{seen["n"]} {seen["memory"]} {seen["who"]}").IsEqualTo($"{n} ☃ 256 jürgen");
            await Assert.That((string)seen["id"]!).IsEqualTo(answer.Headers.GetValues("x-amzn-RequestId").Single());
            await Assert.That((string)seen["arn"]!).EndsWith(":function:answers");
            await Assert.That((int)seen["left"]!).IsGreaterThan(10_000).And.IsLessThanOrEqualTo(20_000);
            await Assert.That((string)seen["trace"]!).StartsWith("Root=1-");
        }

        var (failed, error) = await InvokeAsync(
            platform, "2015-03-31/functions/answers/invocations", """{"fail":true}""");
        await Assert.That(failed.Headers.GetValues("X-Amz-Function-Error").Single()).IsEqualTo("Unhandled");
        await Assert.That($"{JsonNode.Parse(error)!["errorType"]}: {JsonNode.Parse(error)!["errorMessage"]}")
            .IsEqualTo("RangeError: as asked");
        var (_, streamed) = await InvokeAsync(
            platform, "2021-11-15/functions/streams/response-streaming-invocations", "{}");
        await Assert.That(streamed).Contains("first").And.Contains("second").And.Contains("InvokeComplete")
            .And.DoesNotContain("ErrorCode");
        await Assert.That((await platform.EsbAsync("logs", "answers")).Output).Contains("seen 3 ☃");
    }

    private static async Task<(HttpResponseMessage Answer, string Text)> InvokeAsync(
        Platform platform,
        string path,
        string payload)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(
            "/" + path, UriKind.Relative))
        { Content = new StringContent(payload) };
        request.Headers.Add(
            "X-Amz-Client-Context", Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"custom":{"who":"jürgen"}}""")));
        var answer = await platform.Client.SendAsync(request);
        return (answer, await answer.Content.ReadAsStringAsync());
    }
}
