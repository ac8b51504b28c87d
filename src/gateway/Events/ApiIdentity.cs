using Esb.Gateway.Routing;

namespace Esb.Gateway.Events;

/// <summary>What events say about the API and its account where the configuration says nothing.</summary>
internal static class ApiIdentity
{
    public const string AccountId = "000000000000";

    /// <summary>The account of whoever calls a function URL without a signature. Source: Lambda, "Invoking Lambda function URLs".</summary>
    public const string Anonymous = "anonymous";

    public const string ApiId = "esb";

    /// <summary>The name of the stage that SAM gives a REST API; it is not part of the path, as behind a custom domain name.</summary>
    public const string RestStage = "Prod";

    /// <summary>The stage of an HTTP API that has no name in the path.</summary>
    public const string HttpStage = "$default";

    public static string IdOf(Route route) => route.Api.Name ?? (route.Kind == ApiKind.FunctionUrl ? route.Function ?? ApiId : ApiId);

    public static string StageOf(Route route) => route.Api.Stage ?? (route.Kind == ApiKind.Rest ? RestStage : HttpStage);
}
