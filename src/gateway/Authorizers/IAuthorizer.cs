using Esb.Gateway.Configuration;
using Esb.Gateway.Events;

namespace Esb.Gateway.Authorizers;

/// <summary>Controls access to the routes that name it. Its cache survives reloads that do not change it.</summary>
internal interface IAuthorizer
{
    /// <summary>
    /// Never throws because of the client's input or the answer of the authorizer's source; every failure is a refusal.
    /// </summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="incoming">The request. Its body is not read yet and never part of the decision.</param>
    ValueTask<Admission> AdmitAsync(Snapshot snapshot, IncomingRequest incoming);
}
