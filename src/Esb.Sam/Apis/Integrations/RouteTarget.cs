using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Integrations;

/// <summary>What answers the requests of a route. Exactly one of the first four properties is given.</summary>
internal sealed record RouteTarget
{
    /// <summary>The function's name.</summary>
    public string? Function { get; private init; }

    /// <summary>A constant answer, in the form of routing.yml.</summary>
    public YamlMapping? Mock { get; private init; }

    /// <summary>Another server, in the form of routing.yml.</summary>
    public YamlMapping? HttpProxy { get; private init; }

    /// <summary>The reason why nothing answers the requests.</summary>
    public string? Closed { get; private init; }

    /// <summary>
    /// Reports that nothing answers the requests, once it is known that no event does either; null when there is
    /// nothing left to report.
    /// </summary>
    public Action? Report { get; init; }

    /// <summary>The payload version of the function's event; null for the version of the API.</summary>
    public string? Payload { get; private init; }

    public static RouteTarget Of(string function, string? payload) => new() { Function = function, Payload = payload };

    public static RouteTarget Constant(YamlMapping mock) => new() { Mock = mock };

    public static RouteTarget ToServer(YamlMapping proxy) => new() { HttpProxy = proxy };

    public static RouteTarget None(string reason) => new() { Closed = reason };
}
