using Esb.Objects.Errors;
using Esb.Objects.Serving;
using Esb.Stores.Errors;

namespace Esb.Stores.Routing;

/// <summary>Requests by the API of S3. Their signatures are verified with their bodies, which may be streams.</summary>
internal sealed class ObjectRequests(ObjectsService objects) : IService
{
    private const int NoSpaceLeft = 28; // errno(3): ENOSPC

    public string Name => "s3";

    public IReadOnlyList<string> Targets => [];

    public bool ServesPages => true;

    public bool HasForm(HttpRequest request) => false;

    public string Identify(HttpResponse response) => ObjectsService.Identify(response);

    public Task AnswerAsync(HttpContext http) => objects.AnswerAsync(http);

    public async Task<string?> AnswerErrorAsync(HttpContext http, string requestId, Exception error)
    {
        var known = Known(error);
        var sent = known ?? new S3Exception(500, "InternalError", Reason(error));
        await ObjectsService.AnswerErrorAsync(http, sent, requestId);
        return known?.Code;
    }

    // Anybody may receive it, so it has no path of this machine.
    private static string Reason(Exception error) => error is IOException { HResult: NoSpaceLeft }
        ? "There is no space left on the disk of the object store."
        : "The object store failed. Its log has the reason under this request id.";

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
