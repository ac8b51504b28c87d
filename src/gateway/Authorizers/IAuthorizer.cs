using Esb.Gateway.Configuration;
using Esb.Gateway.Events;

namespace Esb.Gateway.Authorizers;

/// <summary>Decides who may call the routes that name it. Living: what it has learnt goes on through reloads that leave it as it is.</summary>
internal interface IAuthorizer
{
    /// <summary>Never throws for what the client sends or the authorizer's source answers; whatever goes wrong is a refusal.</summary>
    /// <param name="snapshot">What the request saw at the door.</param>
    /// <param name="incoming">The request; its body is not read yet and never part of the decision.</param>
    ValueTask<Admission> AdmitAsync(Snapshot snapshot, IncomingRequest incoming);
}
