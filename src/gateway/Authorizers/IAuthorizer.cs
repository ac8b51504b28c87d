using Esb.Gateway.Configuration;
using Esb.Gateway.Events;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// Controls access to the routes that name it. Its cache survives reloads that do not change the authorizer.
/// </summary>
internal interface IAuthorizer
{
    /// <summary>
    /// Decides about a request. Never throws because of the client's input or an answer of the authorizer's source;
    /// every failure is a refusal.
    /// </summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="incoming">The request. Its body has not been read yet and is never part of the decision.</param>
    ValueTask<Admission> AdmitAsync(Snapshot snapshot, IncomingRequest incoming);
}
