namespace Esb.Stores.Routing;

/// <summary>
/// One of the services behind the listener. No service knows another: each has its own data, its own protocol and its
/// own errors.
/// </summary>
internal interface IService
{
    /// <summary>The service's name in the scope of signatures, such as <c>dynamodb</c>.</summary>
    string Name { get; }

    /// <summary>
    /// What the header X-Amz-Target contains before its dot; empty for a service without that header.
    /// </summary>
    IReadOnlyList<string> Targets { get; }

    /// <summary>Whether the service has pages of its own, which may call it.</summary>
    bool ServesPages { get; }

    /// <summary>Whether a request that names no service has the form of this service's requests.</summary>
    bool HasForm(HttpRequest request);

    /// <summary>Adds the headers that identify a request to its answer, and returns the id.</summary>
    string Identify(HttpResponse response);

    /// <summary>Verifies the signature of a request and answers it. Errors are exceptions.</summary>
    Task AnswerAsync(HttpContext http);

    /// <summary>Answers with an error, in the form of the service's protocol.</summary>
    /// <returns>
    /// The name of the error; null if it is unexpected, so that the client only learns that the service failed.
    /// </returns>
    Task<string?> AnswerErrorAsync(HttpContext http, string requestId, Exception error);
}
