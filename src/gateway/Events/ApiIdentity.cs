using Esb.Gateway.Routing;

namespace Esb.Gateway.Events;

/// <summary>The API and account in events, where the configuration does not set them.</summary>
internal static class ApiIdentity
{
    public const string AccountId = "000000000000";

    /// <summary>
    /// The account of an unsigned call of a function URL. Source: Lambda, "Invoking Lambda function URLs".
    /// </summary>
    public const string Anonymous = "anonymous";

    public const string ApiId = "esb";

    /// <summary>
    /// The stage name that SAM gives a REST API. It is not part of the path, as with a custom domain name on AWS.
    /// </summary>
    public const string RestStage = "Prod";

    /// <summary>The stage of an HTTP API that does not appear in the path.</summary>
    public const string HttpStage = "$default";

    public static string IdOf(Route route) =>
        route.Api.Name ?? (route.Kind == ApiKind.FunctionUrl ? route.Function ?? ApiId : ApiId);

    public static string StageOf(Route route) =>
        route.Api.Stage ?? (route.Kind == ApiKind.Rest ? RestStage : HttpStage);
}
