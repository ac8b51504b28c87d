using Esb.Gateway.Events;
using Esb.Gateway.Responses;

namespace Esb.Gateway.Authorizers;

/// <summary>What became of a request at an authorizer: exactly one of the two.</summary>
/// <param name="Caller">Who calls, when the request may go on.</param>
/// <param name="Refusal">What is answered instead, when it may not.</param>
internal readonly record struct Admission(Caller? Caller, GatewayError? Refusal)
{
    public static Admission Granted(Caller caller) => new(caller, null);

    public static Admission Refused(GatewayError error) => new(null, error);
}
