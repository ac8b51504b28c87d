using System.Text.Json.Nodes;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Authorizers;

/// <summary>A function that answers with its own event, and readers of that answer.</summary>
internal static class Echo
{
    public static (string, Func<byte[], string>) Function { get; } = ("echo", payload => new JsonObject
    {
        ["statusCode"] = 200,
        ["body"] = System.Text.Encoding.UTF8.GetString(payload),
    }.ToJsonString());

    /// <summary>The returned event.</summary>
    public static JsonNode Event(this RawAnswer answer) => JsonNode.Parse(answer.Text)!;

    /// <summary><c>requestContext.authorizer</c> of the returned event, as compact JSON.</summary>
    public static string Authorizer(this RawAnswer answer) =>
        answer.Event()["requestContext"]!["authorizer"]?.ToJsonString() ?? "-";

    /// <summary>Status and body in one, for comparison.</summary>
    public static string Summary(this RawAnswer answer) => $"{answer.Status} {answer.Text}";
}
