using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>A route as the template defines it.</summary>
public sealed record SamRoute
{
    /// <summary>The pattern, or <c>$default</c>, including <see cref="BasePath"/>.</summary>
    public required string Path { get; init; }

    /// <summary>The method in upper case, or <c>ANY</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The function's name; null when something else answers, or nothing does.</summary>
    public string? Function { get; init; }

    /// <summary>A constant answer, in the form of routing.yml; null when something else answers.</summary>
    public YamlMapping? Mock { get; init; }

    /// <summary>Another server, in the form of routing.yml; null when something else answers.</summary>
    public YamlMapping? HttpProxy { get; init; }

    /// <summary>
    /// Whether anything answers. A route without an answer is written closed, so that no broader route takes its
    /// requests.
    /// </summary>
    public bool IsAnswered => Function is not null || Mock is not null || HttpProxy is not null;

    /// <summary>The payload version: <c>1.0</c> or <c>2.0</c>.</summary>
    public required string Payload { get; init; }

    /// <summary>The API that the route belongs to; null for a function URL.</summary>
    public string? Api { get; init; }

    /// <summary>The stage of the API, as events name it.</summary>
    public string? Stage { get; init; }

    /// <summary>The variables of the stage; null when there are none.</summary>
    public YamlMapping? StageVariables { get; init; }

    /// <summary>
    /// The base path of the API's domain, which <see cref="Path"/> begins with; null if there is none.
    /// </summary>
    public string? BasePath { get; init; }

    /// <summary>Content types of binary bodies.</summary>
    public IReadOnlyList<string> BinaryMediaTypes { get; init; } = [];

    /// <summary>The CORS rules, in the form of routing.yml; null when the API has none.</summary>
    public YamlMapping? Cors { get; init; }

    /// <summary>
    /// Who may call the route, in the form of routing.yml; null when everybody may. It includes the mark for an API key
    /// that is needed as well.
    /// </summary>
    public YamlMapping? Authorizer { get; init; }

    /// <summary>Why the route is closed; null when it is open or guarded.</summary>
    internal string? Closed => ResourceSet.Text(Authorizer?["type"]) switch
    {
        "unsupported" => ResourceSet.Text(Authorizer!["reason"]),
        "iam" => "signatures of AWS IAM identities cannot be checked here",
        _ => null,
    };

    /// <summary>
    /// Whether the API of the route is unknown. The route then only keeps its requests from broader routes.
    /// </summary>
    internal bool HasUnknownApi { get; init; }

    /// <summary>Whether the route is defined by a separate method or route resource.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>
    /// Reports that nothing answers the route, once that is known; null when there is nothing to report.
    /// </summary>
    internal Action? Report { get; init; }

    /// <summary>
    /// Whether the route comes from an event that guards a route of a definition without answering it.
    /// </summary>
    internal bool OnlyGuards { get; init; }

    /// <summary>
    /// The reason why this route closes all routes of its API, as the policy of one event applies to the whole API;
    /// null when it does not close them.
    /// </summary>
    internal string? ClosesApi { get; init; }

    /// <summary>Whether the route is a function URL.</summary>
    public bool IsFunctionUrl { get; init; }

    /// <summary><c>RESPONSE_STREAM</c> when the function URL has that mode.</summary>
    public string? InvokeMode { get; init; }

    /// <summary>The position in the template.</summary>
    public Place Place { get; init; }
}
