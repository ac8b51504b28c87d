using System.Text.RegularExpressions;
using Esb.Gateway.Clocks;
using Esb.Gateway.Configuration;
using Esb.Gateway.Events;
using Esb.Gateway.Invoking;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;
using Esb.Schema.Routing;

namespace Esb.Gateway.Authorizers;

/// <summary>A Lambda authorizer. Source: API Gateway, "Use API Gateway Lambda authorizers".</summary>
internal sealed class FunctionAuthorizer(
    LambdaAuthorizer definition,
    ApiKind kind,
    Dispatcher dispatcher,
    string region,
    TimeProvider time) : IAuthorizer
{
    // The defaults of REST and HTTP APIs: AuthorizerResultTtlInSeconds.
    private const int RestTtl = 300;
    private const int HttpTtl = 0;

    private readonly AnswerCache _answers = new(
        TimeSpan.FromSeconds(definition.Ttl ?? (kind == ApiKind.Rest ? RestTtl : HttpTtl)), time);

    // The time for a match grows linearly with the token's length, for every expression and every token.
    private readonly Regex? _validation =
        definition.Validation is { } expression ? TokenExpression.Of(expression) : null;

    public async ValueTask<Admission> AdmitAsync(Snapshot snapshot, IncomingRequest incoming)
    {
        if (IdentityValues.Read(definition.IdentitySources, incoming) is not { } identity)
            return Admission.Refused(GatewayErrors.Unauthorized(kind));
        if (definition.TokenOnly && _validation?.IsMatch(identity[0].ToString()) == false)
            return Admission.Refused(GatewayErrors.Unauthorized(kind));
        var path = RequestTarget.Of(incoming.Context).Path;
        var method = incoming.Context.Request.Method;
        var arn = RequestArn.Of(incoming.Route, region, method, path) with { Apis = snapshot.Routes.Apis };
        var key = _answers.KeyOf(identity);
        if (key is not null && _answers.Find(key) is { } remembered)
            return remembered.For(arn, kind);
        // A route without its function is closed when it is loaded; see RouteWithoutFunction.
        if (!snapshot.Functions.TryGetValue(definition.Function, out var function))
            return Admission.Refused(GatewayErrors.Forbidden(kind));
        var payload = AuthorizerEvent.Write(definition, incoming, arn.Text, [.. identity.Select(v => v.ToString())]);
        var invocation =
            new Invocation(Guid.NewGuid().ToString(), payload, time.Steady()) { TraceId = incoming.Stamp.TraceId };
        var result = await dispatcher.InvokeAsync(function, invocation);
        // The function rejects the caller only with this error message; any other failure is an error of the
        // authorizer.
        if (result.Outcome == InvocationOutcome.Failed && result.ErrorMessage() == "Unauthorized")
            return Admission.Refused(GatewayErrors.Unauthorized(kind));
        if (result.Outcome != InvocationOutcome.Succeeded
            || AuthorizerAnswer.Read(result.Payload, kind, definition.SimpleResponses) is not { } answer)
            return Admission.Refused(GatewayErrors.AuthorizerFailed(kind));
        if (key is not null && IsForOtherPaths(answer, arn))
            _answers.Add(key, answer);
        return answer.For(arn, kind);
    }

    // Authorizers often allow the ARN or the path of the request. A wildcard that the client has sent would then be one
    // of the policy, and open other paths. So such a policy is used for its own request only.
    private static bool IsForOtherPaths(AuthorizerAnswer answer, RequestArn arn) =>
        answer.Policy is null || !arn.HasWildcards;
}
