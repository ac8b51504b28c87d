using Esb.Gateway.Events;
using Esb.Gateway.Responses;

namespace Esb.Gateway.Authorizers;

/// <summary>The result of an authorizer for one request; exactly one of its two values is set.</summary>
/// <param name="Caller">The caller, when the request is admitted.</param>
/// <param name="Refusal">The answer, when it is not.</param>
internal readonly record struct Admission(Caller? Caller, GatewayError? Refusal)
{
    public static Admission Granted(Caller caller) => new(caller, null);

    public static Admission Refused(GatewayError error) => new(null, error);
}
