using System.Security.Cryptography;
using Esb.Objects.Access;
using Esb.Objects.Buckets.Cors;
using Esb.Objects.Errors;
using Esb.Objects.Payloads;
using Esb.Objects.Posting;
using Esb.Objects.Requests;
using Esb.Objects.Signing;
using Esb.Objects.Storage;
using Esb.Schema.Diagnostics;
using Esb.Signatures;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Objects.Serving;

/// <summary>Serves the API of S3. Source: Amazon S3 API Reference, version 2006-03-01.</summary>
public sealed class ObjectsService : IDisposable
{
    /// <summary>The size of the pieces in which answers are written.</summary>
    public const int AnswerPiece = AnswerBuffer.Piece;

    private readonly DataFolder _data;
    private readonly BucketCatalog _catalog;
    private readonly RequestAuthenticator _authenticator;
    private readonly AccessCheck _access;
    private readonly OperationTable _operations;
    private readonly CorsAnswers _cors;
    private readonly PostObject _posts;

    private ObjectsService(DataFolder data, Credentials? credentials, TimeProvider clock)
    {
        _data = data;
        var catalog = BucketCatalog.Load(data);
        _catalog = catalog;
        _authenticator = new RequestAuthenticator(credentials, clock);
        _access = new AccessCheck(catalog, clock);
        _operations = new OperationTable(catalog, _access, clock);
        _cors = new CorsAnswers(catalog);
        _posts = new PostObject(catalog, _access, credentials, clock);
    }

    /// <summary>Opens the folder with the objects, and creates it if it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="credentials">The pair of keys that requests are signed with; null if anybody may call.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="StartFailure">The folder cannot be written to, or another process uses it.</exception>
    public static ObjectsService Open(string folder, Credentials? credentials, TimeProvider clock) =>
        new(DataFolder.Open(folder), credentials, clock);

    /// <summary>Adds the headers that identify a request to its answer, and returns the id.</summary>
    public static string Identify(HttpResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var requestId = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        response.Headers["x-amz-request-id"] = requestId;
        response.Headers["x-amz-id-2"] = requestId;
        return requestId;
    }

    /// <summary>Answers a request.</summary>
    /// <exception cref="S3Exception">The error for the client.</exception>
    public async Task AnswerAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var rawTarget = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var target = Target.Parse(rawTarget, http.Request.Headers.Host.ToString());
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            _cors.AnswerPreflight(http, target);
            return;
        }

        _cors.Prepare(http, target);
        if (PostObject.Is(http.Request, target))
        {
            await _posts.AnswerAsync(http, target, http.RequestAborted);
            return;
        }

        var authentication = _authenticator.Authenticate(http.Request, target);
        HoistedHeaders.MoveTo(http.Request.Headers, target.Query);
        HeaderRules.Verify(http.Request.Headers);
        var operation = SubResource.OfOperation(target, http.Request.Method, http.Request.Headers);
        var access = new RequestAccess(
            _access,
            new Call(http, http.Request.Headers, target, authentication, operation),
            OperationActions.Of(target.Level, http.Request.Method, operation));
        access.VerifyArrival();
        var request = new S3Request(http, target, authentication) { Access = access };
        try
        {
            await _operations.Find(request)(request, http.RequestAborted);
        }
        catch (S3Exception e)
        {
            throw access.Shown(e);
        }
    }

    /// <summary>Answers a request with an error.</summary>
    public static Task AnswerErrorAsync(HttpContext http, S3Exception error, string requestId)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(error);
        return ErrorAnswer.SendAsync(http, error, requestId);
    }

    /// <summary>How much the buckets hold.</summary>
    public BucketCounts Count() => BucketCounts.Of(_data.Buckets);

    /// <summary>
    /// Links all files of all buckets into another folder, as they are at one moment. Requests that change something
    /// wait meanwhile; whatever happens afterwards does not change what is linked.
    /// </summary>
    /// <param name="target">A folder that does not exist, on the same file system.</param>
    /// <param name="atThatMoment">Done before the first file is linked, while nothing changes.</param>
    /// <param name="cancellation">Cancels it; the folder is then unfinished.</param>
    /// <exception cref="IOException">A file cannot be linked.</exception>
    public void Link(string target, Action atThatMoment, CancellationToken cancellation) =>
        _catalog.Link(target, atThatMoment, cancellation);

    /// <summary>
    /// Has the folder of all buckets replaced. Requests that have begun get the error ServiceUnavailable when they
    /// change something; SDKs then send them again.
    /// </summary>
    /// <param name="replace">Replaces the folder; when it throws, the folder is what it was.</param>
    public void Replace(Action replace) => _catalog.Replace(replace);

    /// <summary>Releases the folder.</summary>
    public void Dispose() => _data.Dispose();
}
