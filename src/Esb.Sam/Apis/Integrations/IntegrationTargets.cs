using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Integrations;

/// <summary>
/// Decides what answers the requests of an integration. The receipt lists each decision; an integration that is not
/// served here also causes a warning.
/// </summary>
/// <param name="context">Receives the receipt lines and warnings.</param>
/// <param name="mayBeReplaced">
/// Whether an event may still replace a route that is not served; in that case <see cref="RouteTarget.Report"/> reports
/// it later.
/// </param>
internal sealed class IntegrationTargets(StackContext context, bool mayBeReplaced = false)
{
    /// <summary>Closes a route whose integration belongs to another API.</summary>
    public RouteTarget OfAnotherApi(string reason, (string Resource, string Property, YamlNode At) line) =>
        Closed(reason, line, null);

    /// <summary>Decides what answers the requests of a route.</summary>
    /// <param name="integration">The integration of the route; null when it has none.</param>
    /// <param name="isHttp">Whether the API is an HTTP API.</param>
    /// <param name="path">The path of the route, with the names of its parameters.</param>
    /// <param name="line">How the receipt names the route: resource, property and position.</param>
    public RouteTarget Of(
        Integration? integration,
        bool isHttp,
        string path,
        (string Resource, string Property, YamlNode At) line)
    {
        if (integration is null)
            return Closed("it has no integration", line, null);
        if (LambdaTarget.OfIntegration(integration.Type, integration.Uri) is { } function
            && FunctionName.IsValid(function))
        {
            if (!isHttp && !integration.Uri!.Contains(Invocations, StringComparison.Ordinal))
                return Closed(NoInvocation, line, "write …:lambda:path/2015-03-31/functions/ARN/invocations");
            if (!isHttp && string.IsNullOrEmpty(integration.Method))
                return WithoutMethod(line);
            if (LambdaTarget.IsCustom(integration.Type))
                context.Receipt.Approximated(line.Resource, line.Property, Reasons.CustomIntegration, line.At);
            else
                Applied(line);
            NoteUnused(integration, line);
            NoteVerb(integration, isHttp, line);
            return RouteTarget.Of(function, isHttp ? integration.PayloadFormat : null);
        }

        var target = integration.Type switch
        {
            _ when LambdaTarget.OfArn(integration.Uri) is not null => RouteTarget.None(NotServed(integration)),
            "mock" when !isHttp => MockReader.Read(integration),
            "http_proxy" => HttpProxyReader.Read(integration, path),
            _ => RouteTarget.None(NotServed(integration)),
        };
        if (target.Closed is { } reason)
            return Closed(reason, line, LambdaTarget.OfArn(integration.Uri) is null ? null : Reasons.WrongIntegration);
        if (!isHttp && target.HttpProxy is not null && string.IsNullOrEmpty(integration.Method))
            return WithoutMethod(line);
        Applied(line);
        return target;
    }

    // Source: API Gateway API reference, "PutIntegration", uri.
    private const string Invocations = "invocations";
    private const string StreamedInvocations = "/response-streaming-invocations";
    private const string NoMethod = "its integration has no HTTP method, and API Gateway refuses it";
    private const string NoInvocation = "its URI is not that of an invocation, and API Gateway refuses it";

    // A function receives requests unchanged. Separate resources already have a receipt line for each property.
    private void NoteUnused(Integration integration, (string Resource, string Property, YamlNode At) line)
    {
        if (integration.RequestParameters is { Entries.Count: > 0 })
            context.Receipt.Ignored(line.Resource, $"{line.Property}.requestParameters", Reasons.Checking, line.At);
        if (integration.Uri?.EndsWith(StreamedInvocations, StringComparison.Ordinal) == true)
            context.Receipt.Ignored(line.Resource, $"{line.Property}.uri", Reasons.WholeAnswers, line.At);
        if (integration.ResponseParameters is YamlMapping { Entries.Count: > 0 })
            context.Receipt.Ignored(line.Resource, $"{line.Property}.responseParameters", Reasons.Checking, line.At);
        if (integration.Timeout is not null && IsRoute(line.Property))
            context.Receipt.Ignored(line.Resource, $"{line.Property}.timeoutInMillis", Reasons.OwnTimeout, line.At);
    }

    // API Gateway imports such a definition and then fails on every call. For separate resources, the rule about pairs
    // of properties says so.
    private void NoteVerb(Integration integration, bool isHttp, (string Resource, string Property, YamlNode At) line)
    {
        if (!isHttp
            && IsRoute(line.Property)
            && !string.Equals(integration.Method, "POST", StringComparison.OrdinalIgnoreCase))
            context.LeaveOut(
                line.Resource,
                $"{line.Property}.httpMethod",
                $"it is {integration.Method}, but functions are called with POST",
                line.At);
    }

    // A separate resource already has a receipt line for each property.
    private void Applied((string Resource, string Property, YamlNode At) line)
    {
        if (IsRoute(line.Property))
            context.Receipt.Applied(line.Resource, line.Property, line.At);
    }

    private RouteTarget WithoutMethod((string Resource, string Property, YamlNode At) line) => Closed(
        NoMethod,
        line,
        $"write {(IsRoute(line.Property) ? "httpMethod" : "IntegrationHttpMethod")}; for functions it is POST");

    private RouteTarget Closed(string reason, (string Resource, string Property, YamlNode At) line, string? help)
    {
        if (mayBeReplaced)
            return RouteTarget.None(reason) with { Report = Report };
        Report();
        return RouteTarget.None(reason);

        void Report()
        {
            context.Receipt.Ignored(line.Resource, line.Property, $"{reason}; the route is closed", line.At);
            context.Diagnostics.Warning(
                DiagnosticCodes.NotSupported, $"{Name(line)}: the route is closed: {reason}", line.At, help);
        }
    }

    // A route of a definition has its own name; a separate resource is named by its logical id.
    private static string Name((string Resource, string Property, YamlNode At) line) =>
        IsRoute(line.Property) ? $"{line.Resource}: {line.Property}" : line.Resource;

    private static bool IsRoute(string property) => property.Contains(' ', StringComparison.Ordinal);

    private static string NotServed(Integration integration) =>
        $"an integration of type {integration.Type ?? "that is not given"} is not served";
}
