using System.Text.Json;
using Esb.Stores.Errors;
using Esb.Stores.Protocols;

namespace Esb.Stores.Routing;

/// <summary>
/// Answers requests for services of AWS that are not here, with the error of an operation that does not exist, in the
/// form of the request's protocol. Source: Smithy, "AWS JSON 1.0 protocol", "AWS query protocol" and "AWS restJson1
/// protocol".
/// </summary>
internal sealed class AbsentService(IReadOnlyList<string> present) : IService
{
    private const string Unknown = "UnknownOperationException";

    public string Name => "";

    public IReadOnlyList<string> Targets => [];

    public bool ServesPages => false;

    public bool HasForm(HttpRequest request) => false;

    public string Identify(HttpResponse response) => JsonAnswer.Identify(response);

    public Task AnswerAsync(HttpContext http) => throw new RequestException(
        Unknown, $"{Asked(http.Request)} is not served here: {string.Join(" and ", present)} are.");

    public async Task<string?> AnswerErrorAsync(HttpContext http, string requestId, Exception error)
    {
        var known = error as RequestException;
        var sent = known ?? new RequestException("InternalFailure", "The request has failed.", 500);
        if (QueryError.IsFormOf(http.Request))
        {
            var code = sent.Code == Unknown ? "InvalidAction" : sent.Code;
            await QueryError.SendAsync(http, sent.Status, code, sent.Message, requestId);
        }
        else
        {
            // REST protocols have the name of the error in the header, and the others in the document.
            if (!http.Response.HasStarted)
                http.Response.Headers["x-amzn-ErrorType"] = sent.Code;
            await JsonAnswer.SendErrorAsync(http, sent.Status, Document(sent));
        }

        return known?.Code;
    }

    private static string Asked(HttpRequest request) =>
        request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target
            ? target
            : $"The service '{ScopedService.Of(request)}'";

    private static ReadOnlyMemory<byte> Document(RequestException error)
    {
        var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document))
        {
            json.WriteStartObject();
            json.WriteString("__type", $"com.amazon.coral.service#{error.Code}");
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }

        return document.GetBuffer().AsMemory(0, (int)document.Length);
    }
}
