using System.Collections.Frozen;
using Esb.Gateway.Configuration;
using Esb.Gateway.Events;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// Checks authorizers and API keys before a guarded route's function is called. Authorizers are looked up without a
/// lock. Those that a reload does not change keep their caches.
/// </summary>
internal sealed class Gatekeeper(LiveConfiguration configuration, AuthorizerFactory factory)
{
    private readonly Lock _following = new(); // one request takes over a new configuration while others wait
    private volatile Generation _generation = Generation.Empty;

    /// <summary>Admits a request to a guarded route, or returns the answer for it.</summary>
    public async ValueTask<Admission> AdmitAsync(Snapshot snapshot, IncomingRequest incoming)
    {
        var generation = _generation;
        if (generation.Snapshot != snapshot && configuration.Current == snapshot)
            generation = Follow(snapshot);
        var caller = new Caller(default);
        if (incoming.Route.Authorizer is { } definition)
        {
            // A request that took its snapshot just before a swap may have a definition of the previous generation.
            if (!generation.Written.TryGetValue(definition, out var authorizer))
                authorizer = generation.Named.GetValueOrDefault(AuthorizerFactory.KeyOf(definition, incoming.Route))
                    ?? factory.Create(definition, incoming.Route.Kind);
            var admission = await authorizer.AdmitAsync(snapshot, incoming);
            if (admission.Caller is null)
                return admission;
            caller = admission.Caller;
        }

        if (!incoming.Route.ApiKeyRequired)
            return Admission.Granted(caller);
        var use = generation.Keys.Use(incoming.Context.Request.Headers[ApiKeys.Header], incoming.Route);
        return use.Outcome switch
        {
            KeyOutcome.Good => Admission.Granted(caller with { Key = use.Key }),
            KeyOutcome.TooFast => Admission.Refused(GatewayErrors.RateExceeded(incoming.Route.Kind)),
            KeyOutcome.UsedUp => Admission.Refused(GatewayErrors.QuotaExceeded(incoming.Route.Kind)),
            _ => Admission.Refused(GatewayErrors.Forbidden(incoming.Route.Kind)),
        };
    }

    // Done once, by the first guarded request after a swap.
    private Generation Follow(Snapshot snapshot)
    {
        lock (_following)
        {
            if (_generation.Snapshot != snapshot)
                _generation = After(_generation, snapshot);
            return _generation;
        }
    }

    private Generation After(Generation previous, Snapshot snapshot)
    {
        Dictionary<string, IAuthorizer> named = new(StringComparer.Ordinal);
        Dictionary<AuthorizerDefinition, IAuthorizer> written = new(ReferenceEqualityComparer.Instance);
        foreach (var route in snapshot.Routes.All)
        {
            if (route.Authorizer is not { } definition)
                continue;
            var key = AuthorizerFactory.KeyOf(definition, route);
            if (!named.TryGetValue(key, out var authorizer))
                named[key] = authorizer =
                    previous.Named.GetValueOrDefault(key) ?? factory.Create(definition, route.Kind);
            written[definition] = authorizer;
        }

        var keys = factory.CreateKeys(snapshot.ApiKeys, previous.Keys);
        return new Generation(
            snapshot,
            named,
            written.ToFrozenDictionary<AuthorizerDefinition, IAuthorizer>(ReferenceEqualityComparer.Instance),
            keys);
    }

    // Replaced as a whole. Named maps the key of a definition, which is still valid after a reload, to its authorizer.
    // Written maps the definition object of a route to its authorizer.
    private sealed record Generation(
        Snapshot? Snapshot,
        IReadOnlyDictionary<string, IAuthorizer> Named,
        FrozenDictionary<AuthorizerDefinition, IAuthorizer> Written,
        ApiKeys Keys)
    {
        public static Generation Empty { get; } = new(
            null,
            new Dictionary<string, IAuthorizer>(),
            FrozenDictionary<AuthorizerDefinition, IAuthorizer>.Empty,
            ApiKeys.Empty);
    }
}
