using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>A route as the template means it.</summary>
public sealed record SamRoute
{
    /// <summary>The pattern, or <c>$default</c>, with <see cref="BasePath"/> before it.</summary>
    public required string Path { get; init; }

    /// <summary>Upper case, or <c>ANY</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The function's name; null when something else answers, or nothing does.</summary>
    public string? Function { get; init; }

    /// <summary>An answer that is always the same, in the form of routing.yml; null when something else answers.</summary>
    public YamlMapping? Mock { get; init; }

    /// <summary>A server that answers, in the form of routing.yml; null when something else does.</summary>
    public YamlMapping? HttpProxy { get; init; }

    /// <summary>Whether somebody answers. A route without an answer is written and closed, so that no broader one takes its requests.</summary>
    public bool IsAnswered => Function is not null || Mock is not null || HttpProxy is not null;

    /// <summary><c>1.0</c> or <c>2.0</c>.</summary>
    public required string Payload { get; init; }

    /// <summary>The API it belongs to; null for the URL of a function.</summary>
    public string? Api { get; init; }

    /// <summary>The API's stage, as events name it.</summary>
    public string? Stage { get; init; }

    /// <summary>Of the stage; null when there are none.</summary>
    public YamlMapping? StageVariables { get; init; }

    /// <summary>The base path of the API's domain, with which <see cref="Path"/> begins; null when there is none.</summary>
    public string? BasePath { get; init; }

    /// <summary>Content types of bodies that are binary.</summary>
    public IReadOnlyList<string> BinaryMediaTypes { get; init; } = [];

    /// <summary>In the form of routing.yml; null when the API says nothing.</summary>
    public YamlMapping? Cors { get; init; }

    /// <summary>Who may call it, in the form of routing.yml; null when everybody may. What says that an API key is asked for as well stands in it too.</summary>
    public YamlMapping? Authorizer { get; init; }

    /// <summary>Whether nobody knows its API, so that it only keeps its requests from broader routes.</summary>
    internal bool IsLost { get; init; }

    /// <summary>Whether it is a method or route that is a resource of its own.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>Says that nobody answers it, once it is known; null when there is nothing to say.</summary>
    internal Action? Say { get; init; }

    /// <summary>Whether it is of an event that says who may call a route of a definition, and not who answers it.</summary>
    internal bool OnlyGuards { get; init; }

    /// <summary>Why it closes every route of its API: a policy of one event is one of the whole API; null when it does not.</summary>
    internal string? ClosesApi { get; init; }

    /// <summary>Whether it is the URL of a function.</summary>
    public bool IsFunctionUrl { get; init; }

    /// <summary><c>RESPONSE_STREAM</c>, when a function's URL says so.</summary>
    public string? InvokeMode { get; init; }

    /// <summary>Where it is written.</summary>
    public Place Place { get; init; }
}
