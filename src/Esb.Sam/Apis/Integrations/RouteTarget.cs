using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Integrations;

/// <summary>Who answers the requests of a route: exactly one of the four.</summary>
internal sealed record RouteTarget
{
    /// <summary>The function's name.</summary>
    public string? Function { get; private init; }

    /// <summary>An answer that is always the same, in the form of routing.yml.</summary>
    public YamlMapping? Mock { get; private init; }

    /// <summary>Another server, in the form of routing.yml.</summary>
    public YamlMapping? HttpProxy { get; private init; }

    /// <summary>Why nobody does.</summary>
    public string? Closed { get; private init; }

    /// <summary>Says that nobody does, when it is known that no event does either; null when it has been said.</summary>
    public Action? Say { get; init; }

    /// <summary>Of the function's event; null for what the API has.</summary>
    public string? Payload { get; private init; }

    public static RouteTarget Of(string function, string? payload) => new() { Function = function, Payload = payload };

    public static RouteTarget Answering(YamlMapping mock) => new() { Mock = mock };

    public static RouteTarget Passing(YamlMapping proxy) => new() { HttpProxy = proxy };

    public static RouteTarget Nobody(string reason) => new() { Closed = reason };
}
