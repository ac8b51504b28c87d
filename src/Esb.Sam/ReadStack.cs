using Esb.Sam.Apis;
using Esb.Sam.Functions;
using Esb.Sam.Receipts;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>One template and the applications in it, read, but without routes: an event may name an API of any other of them.</summary>
/// <param name="Own">Of this template alone.</param>
/// <param name="Resources">Resolved.</param>
/// <param name="Context">Where it stands.</param>
/// <param name="Apis">Its APIs.</param>
/// <param name="Functions">Its functions with their events.</param>
/// <param name="Inner">The applications, in order.</param>
internal sealed record ReadStack(SamTemplate Own, ResourceSet Resources, StackContext Context, ApiSet Apis, IReadOnlyList<ReadFunction> Functions, IReadOnlyList<ReadStack> Inner)
{
    // This one first, then those in it, as deep as they go.
    private IEnumerable<ReadStack> Stacks => Inner.SelectMany(i => i.Stacks).Prepend(this);

    /// <summary>The model of the template at the top, with all that its applications bring.</summary>
    public SamTemplate Finish()
    {
        List<ReadStack> stacks = [.. Stacks];
        var resources = new ResourceSet([.. stacks.SelectMany(s => s.Resources.All)]);
        var known = new Dictionary<string, Api>(StringComparer.Ordinal);
        foreach (var api in stacks.SelectMany(s => s.Apis.All))
            known.TryAdd(api.Id, api);
        Stages.Note(resources, known);
        var keys = ApiKeys.Of(resources, [.. stacks.Select(s => (s.Context, s.Apis))]);
        return Finish(known, new MutualTls(resources, known)) with { ApiKeys = keys };
    }

    private SamTemplate Finish(Dictionary<string, Api> known, MutualTls domains)
    {
        List<SamRoute> routes = [.. Apis.Routes(Functions, known).Select(domains.Close)];
        NoteClosed(routes);
        var own = Own with { Routes = routes, Receipt = Context.Receipt.Lines };
        return Inner.Aggregate(own, (all, application) => all.With(application.Finish(known, domains)));
    }

    // Most that closes a route is said where it is found. Authorizers are made before it is known which route asks for them.
    private void NoteClosed(IReadOnlyList<SamRoute> routes)
    {
        List<string> said = [.. Context.Receipt.Lines.Where(l => l.Outcome == Outcome.Ignored).Select(l => l.Reason)];
        foreach (var route in routes)
        {
            if (route.Authorizer?["type"] is YamlScalar { Value: "unsupported" } && ResourceSet.Text(route.Authorizer["reason"]) is { } reason && !said.Any(s => s.StartsWith(reason, StringComparison.Ordinal)))
                Context.Receipt.Ignored(route.Api ?? route.Function ?? "", $"{route.Method} {route.Path}", $"{reason}; the route is closed", new YamlMapping([], route.Place));
        }
    }
}
