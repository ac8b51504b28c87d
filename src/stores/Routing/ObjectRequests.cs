using Esb.Objects.Errors;
using Esb.Objects.Serving;
using Esb.Stores.Errors;

namespace Esb.Stores.Routing;

/// <summary>Requests by the API of S3. Their signatures are verified with their bodies, which may be streams.</summary>
internal sealed class ObjectRequests(ObjectsService objects) : IService
{
    public string Name => "s3";

    public IReadOnlyList<string> Targets => [];

    public bool ServesPages => true;

    public bool HasForm(HttpRequest request) => false;

    public string Identify(HttpResponse response) => ObjectsService.Identify(response);

    public Task AnswerAsync(HttpContext http) => objects.AnswerAsync(http);

    public async Task<string?> AnswerErrorAsync(HttpContext http, string requestId, Exception error)
    {
        var known = Known(error);
        var sent = known ?? new S3Exception(500, "InternalError", $"The object store failed: {error.Message}");
        await ObjectsService.AnswerErrorAsync(http, sent, requestId);
        return known?.Code;
    }

    private static S3Exception? Known(Exception error) => error switch
    {
        S3Exception e => e,
        RequestException { Status: StatusCodes.Status403Forbidden } e =>
            new S3Exception(e.Status, "AccessDenied", e.Message),
        RequestException e => new S3Exception(e.Status, "InvalidRequest", e.Message),
        BadHttpRequestException e => new S3Exception(e.StatusCode, "IncompleteBody", e.Message),
        _ => null,
    };
}
