using Esb.Sam.Apis;
using Esb.Sam.Functions;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Linking;

/// <summary>
/// Links references by name after all templates are read. Names are passed to nested applications as parameters and
/// back as outputs, so the named resource may be in any of them.
/// </summary>
internal sealed class Links(DiagnosticBag diagnostics)
{
    private const string Wrapper = "AWS_LAMBDA_EXEC_WRAPPER";

    // The route is written, because the platform may have the function already or get it in another deploy.
    private const string Closed = "is closed unless the platform has it";

    private readonly List<ReceiptLine> _lines = [];

    /// <summary>Links the model of all templates together.</summary>
    public SamTemplate Link(SamTemplate model)
    {
        var layers = model.Layers.Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
        var urlLinks = new UrlLinks(model.UrlPermissions);
        foreach (var line in urlLinks.Lines(model.Functions, model.Attachments))
            Note(line);
        var attached = model.Attachments.Select(a => Allowed(a, urlLinks))
            .ToLookup(a => a.Function, StringComparer.Ordinal);
        List<SamFunction> functions = [.. model.Functions.Select(f => attached[f.Name].Aggregate(
            WithLayers(Allowed(f, urlLinks), layers),
            (function, attachment) => attachment.Add(function))).Select(f => WithUrl(f, attached[f.Name]))];
        foreach (var route in model.Routes.Where(r => PlatformPaths.Shadow(r.Path)))
            ReportRoute(route, "gets no request", PlatformPaths.Why, "", "give it another path");
        var names = model.Functions.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        ReportMissingFunctions(model.Routes, names);
        List<SamRoute> urls = [.. functions.SelectMany(UrlRoutes.Of)];
        foreach (var url in urls.Where(u => u.Closed is not null).DistinctBy(u => u.Function))
            _lines.Add(new ReceiptLine(
                url.Function!,
                "FunctionUrlConfig.AuthType",
                Outcome.Ignored,
                $"{url.Closed}; the URL is closed",
                url.Place));
        foreach (var missing in model.Attachments.Where(a => !names.Contains(a.Function)))
            LeaveOut(
                missing.Resource,
                missing.Property,
                $"the function '{missing.Function}' is in none of the templates",
                missing.Place,
                null);
        return model with
        {
            Functions = functions,
            Routes = [.. Without(model.Routes, urls), .. urls],
            Receipt = [.. model.Receipt, .. _lines],
        };
    }

    // The author of a permission that opens nothing believes that it opens something.
    private void Note(ReceiptLine line)
    {
        _lines.Add(line);
        if (line.Outcome == Outcome.Ignored)
            diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{line.Resource}: {line.Property} is ignored: {line.Reason}",
                line.Place,
                "put it beside the URL; permissions in another -t template are not considered");
    }

    private Attachment Allowed(Attachment attached, UrlLinks urls)
    {
        if (!urls.Closes(attached))
            return attached;
        ReportClosed(attached.Resource, UrlPermission.Missing, attached.Place);
        return attached with
        {
            Url = attached.Url! with { Url = attached.Url.Url with { Closed = UrlPermission.Missing } },
        };
    }

    private SamFunction Allowed(SamFunction function, UrlLinks urls)
    {
        if (!urls.Closes(function))
            return function;
        ReportClosed(function.LogicalId, UrlPermission.Unseen, function.Url!.Place);
        return function with { Url = function.Url with { Closed = UrlPermission.Unseen } };
    }

    private void ReportClosed(string resource, string reason, Place at) => diagnostics.Warning(
        DiagnosticCodes.NotSupported,
        $"{resource}: the URL is closed: {reason}",
        at,
        "add an AWS::Lambda::Permission with Action lambda:InvokeFunctionUrl, Principal '*' and FunctionUrlAuthType "
            + "NONE");

    private IEnumerable<SamRoute> Without(IReadOnlyList<SamRoute> routes, List<SamRoute> urls)
    {
        var taken = urls.ToLookup(RouteUniqueness.KeyOf, StringComparer.Ordinal);
        foreach (var route in routes)
        {
            if (taken[RouteUniqueness.KeyOf(route)].FirstOrDefault() is { } url)
                LeaveOut(
                    route.Api ?? "",
                    $"{route.Method} {route.Path}",
                    $"the URL of the function '{url.Function}' takes the same requests",
                    route.Place,
                    "give it another path");
            else
                yield return route;
        }
    }

    // On AWS, the function and each of its aliases may have a URL. Here they share one address, and an open URL never
    // replaces a guarded one.
    private SamFunction WithUrl(SamFunction function, IEnumerable<Attachment> attached)
    {
        List<Attachment> urls = [.. attached.Where(a => a.Url is not null)];
        foreach (var url in urls.Where(u => u.Url!.Qualifier is { } qualifier && !function.Aliases.Contains(qualifier)))
            LeaveOut(
                url.Resource,
                "Qualifier",
                $"the function '{function.Name}' has no alias '{url.Url!.Qualifier}'",
                url.Place,
                "name one of its aliases");
        List<(string Resource, string Property, FunctionUrl Url)> all =
            [.. urls.Select(u => (u.Resource, u.Property, u.Url!.Url))];
        if (function.Url is { } own)
            all.Insert(0, (function.LogicalId, "FunctionUrlConfig", own));
        if (all.Count == 0)
            return function;
        var served = (all.Find(u => u.Url.NeedsSignature) is { Url: not null } guarded
            ? guarded
            : all.Find(u => u.Url.Closed is null)) is { Url: not null } found
            ? found
            : all[0];
        foreach (var (resource, property, url) in all.Where(u => !ReferenceEquals(u.Url, served.Url)))
            LeaveOut(
                resource,
                property,
                $"one URL of a function is served, and that of '{function.Name}' is "
                    + $"{(served.Url.NeedsSignature ? "one with AWS_IAM, which nobody may call" : "another one")}",
                url.Place,
                "give the function one URL");
        return function with { Url = served.Url };
    }

    // Another deploy may create the functions; until then, their routes are closed.
    private void ReportMissingFunctions(IReadOnlyList<SamRoute> routes, HashSet<string> names)
    {
        foreach (var route in routes)
        {
            var asked = route.Authorizer?["type"] is YamlScalar { Value: "lambda" }
                ? ResourceSet.Text(route.Authorizer["function"])
                : null;
            if (asked is not null && !names.Contains(asked))
                ReportRoute(
                    route,
                    Closed,
                    $"the function '{asked}' of its authorizer is in none of the templates",
                    $"; the route {Closed}",
                    "name a function of a template");
            else if (route.Function is { } called && !names.Contains(called))
                ReportRoute(
                    route,
                    Closed,
                    $"its function '{called}' is in none of the templates",
                    $"; the route {Closed}",
                    "name a function of a template");
        }
    }

    private SamFunction WithLayers(SamFunction function, HashSet<string> layers)
    {
        if (function.WantedLayers.Count == 0)
            return function;
        foreach (var missing in function.WantedLayers.Where(w => !layers.Contains(w.Name)))
        {
            diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{missing.Resource}: the layer '{missing.Written}' is on AWS and is left out",
                missing.Place,
                "add it to the template as AWS::Serverless::LayerVersion");
            _lines.Add(new ReceiptLine(
                missing.Resource,
                "Layers",
                Outcome.Ignored,
                $"the layer '{missing.Written}' is on AWS",
                missing.Place));
        }

        var found = function with { Layers = [.. function.WantedLayers.Select(w => w.Name).Where(layers.Contains)] };
        // The program that starts the function may be in a missing layer, and no worker could start without it.
        if (found.Layers.Count == function.WantedLayers.Count
            || !function.Environment.TryGetValue(Wrapper, out var program)
            || !program.StartsWith("/opt/", StringComparison.Ordinal))
            return found;
        LeaveOut(
            function.WantedLayers[0].Resource,
            $"Environment.{Wrapper}",
            $"a layer that may have '{program}' is on AWS",
            function.Place,
            null);
        return found with
        {
            Environment = function.Environment.Where(e => e.Key != Wrapper).ToDictionary(StringComparer.Ordinal),
        };
    }

    // Reports a route that is written although something is wrong with it.
    private void ReportRoute(SamRoute route, string fate, string why, string end, string help)
    {
        var (resource, name) = (route.Api ?? route.Function ?? "", $"{route.Method} {route.Path}");
        diagnostics.Warning(DiagnosticCodes.NotSupported, $"{resource}: {name} {fate}: {why}", route.Place, help);
        _lines.Add(new ReceiptLine(resource, name, Outcome.Ignored, why + end, route.Place));
    }

    private void LeaveOut(string resource, string property, string why, Place at, string? help)
    {
        diagnostics.Warning(DiagnosticCodes.NotSupported, $"{resource}: {property} is left out: {why}", at, help);
        _lines.Add(new ReceiptLine(resource, property, Outcome.Ignored, why, at));
    }
}
