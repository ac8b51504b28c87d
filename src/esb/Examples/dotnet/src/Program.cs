using System.Text;
using System.Text.Json.Nodes;

// The Lambda Runtime API: fetch an event, answer it, again.
var api = $"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/invocation";
var greeting = Environment.GetEnvironmentVariable("GREETING") ?? "Hello";
using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
while (true)
{
    using var next = await http.GetAsync($"{api}/next");
    var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
    try
    {
        var name = JsonNode.Parse(
            await next.Content.ReadAsStringAsync())?["pathParameters"]?["name"]?.GetValue<string>()
            ?? "everybody";
        await AnswerAsync($"{id}/response", new JsonObject { ["message"] = $"{greeting}, {name}!" });
    }
    catch (Exception e)
    {
        await AnswerAsync(
            $"{id}/error", new JsonObject { ["errorMessage"] = e.Message, ["errorType"] = e.GetType().Name });
    }
}

async Task AnswerAsync(string path, JsonNode body)
{
    using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
    using var answer = await http.PostAsync($"{api}/{path}", content);
}
