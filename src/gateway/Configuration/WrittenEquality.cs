using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>
/// Whether two definitions are equal, regardless of their position in the files. Collections are compared by content,
/// everything else by the record's own equality, so that a new property of a record counts without a change here.
/// </summary>
internal static class WrittenEquality
{
    public static bool AreSame(FunctionDefinition one, FunctionDefinition other) =>
        ReferenceEquals(one, other)
        || (AreSame(one.Environment, other.Environment)
            && one.Layers.SequenceEqual(other.Layers)
            && one.Aliases.SequenceEqual(other.Aliases)
            && one.Schedules.Select(Placeless).SequenceEqual(other.Schedules.Select(Placeless))
            && one with
            {
                Environment = other.Environment,
                Layers = other.Layers,
                Aliases = other.Aliases,
                Schedules = other.Schedules,
                Place = other.Place,
            } == other);

    public static bool AreSame(FunctionDefaults one, FunctionDefaults other) =>
        ReferenceEquals(one, other)
        || (AreSame(one.Environment, other.Environment) && one with { Environment = other.Environment } == other);

    public static bool AreSame(Cors? one, Cors? other)
    {
        if (one is null || other is null)
            return one == other;
        return one.AllowOrigins.SequenceEqual(other.AllowOrigins)
            && one.AllowMethods is null == other.AllowMethods is null
            && (one.AllowMethods ?? []).SequenceEqual(other.AllowMethods ?? [])
            && one.AllowHeaders.SequenceEqual(other.AllowHeaders)
            && one.ExposeHeaders.SequenceEqual(other.ExposeHeaders)
            && one with
            {
                AllowOrigins = other.AllowOrigins,
                AllowMethods = other.AllowMethods,
                AllowHeaders = other.AllowHeaders,
                ExposeHeaders = other.ExposeHeaders,
            } == other;
    }

    public static bool AreSame(AuthorizerDefinition? one, AuthorizerDefinition? other) => (one, other) switch
    {
        (JwtAuthorizer a, JwtAuthorizer b) => a.Audience.SequenceEqual(b.Audience)
            && a.Scopes.SequenceEqual(b.Scopes)
            && a with { Audience = b.Audience, Scopes = b.Scopes } == b,
        (LambdaAuthorizer a, LambdaAuthorizer b) =>
            a.IdentitySources.SequenceEqual(b.IdentitySources) && a with { IdentitySources = b.IdentitySources } == b,
        _ => one == other,
    };

    public static bool AreSame(RouteApi one, RouteApi other) =>
        ReferenceEquals(one, other)
        || (AreSame(one.StageVariables, other.StageVariables)
            && (one.BinaryMediaTypes ?? []).SequenceEqual(other.BinaryMediaTypes ?? [])
            && one.BinaryMediaTypes is null == other.BinaryMediaTypes is null
            && one with { StageVariables = other.StageVariables, BinaryMediaTypes = other.BinaryMediaTypes } == other);

    public static bool AreSame(ConstantAnswer? one, ConstantAnswer? other) =>
        one is null || other is null
            ? one == other
            : one.Headers.SequenceEqual(other.Headers) && one with { Headers = other.Headers } == other;

    public static bool AreSame(HttpTarget? one, HttpTarget? other) =>
        one is null || other is null
            ? one == other
            : one.Headers.SequenceEqual(other.Headers) && one with { Headers = other.Headers } == other;

    private static ScheduleEvent Placeless(ScheduleEvent schedule) => schedule with { Place = default };

    private static bool AreSame(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other)
    {
        if (one.Count != other.Count)
            return false;
        foreach (var (key, value) in one)
        {
            if (!other.TryGetValue(key, out var same) || same != value)
                return false;
        }

        return true;
    }
}
