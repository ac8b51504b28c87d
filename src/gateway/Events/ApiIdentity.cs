namespace Esb.Gateway.Events;

/// <summary>What events say about the API and its account. ESB has one of each, so these are constants; functions rarely look.</summary>
internal static class ApiIdentity
{
    public const string AccountId = "000000000000";

    public const string ApiId = "esb";

    /// <summary>The name of the stage that SAM gives a REST API; it is not part of the path, as behind a custom domain name.</summary>
    public const string RestStage = "Prod";

    /// <summary>The stage of an HTTP API that has no name in the path.</summary>
    public const string HttpStage = "$default";
}
