using CsCheck;
using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Merging;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Cli.Tests.Applications;

/// <summary>Whatever three applications do one after the other, the files agree with a simple model.</summary>
internal sealed class ApplicationLawTests
{
    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.OneOf("a", "b", "c"),
        Gen.Frequency(
            (6, Gen.Const(Kind.Deploy)),
            (3, Gen.Const(Kind.Prune)),
            (2, Gen.Const(Kind.Remove)),
            (2, Gen.Const(Kind.Rollback))),
        Gen.Select(Gen.OneOf("f", "g", "h"), Gen.Int[1, 3]).Array[0, 3],
        Gen.Select(Gen.OneOf("/x", "/y/{id}", "/{proxy+}"), Gen.OneOf("f", "g", "h", "by-hand")).Array[0, 3],
        Gen.OneOf("k", "l").Array[0, 2]).Select(
            (application, kind, functions, routes, keys) => new Step(kind, application, functions, routes, keys));

    [Test]
    public void The_served_configuration_agrees_with_a_simple_model() =>
        Steps.Array[1, 15].Sample(
            steps =>
            {
                var (folder, model) =
                    (Start(), new Dictionary<(string, string), (string? Application, string Value, string? Meant)>());
                // A function that was written by hand stays throughout, and so do unknown keys.
                model[("function", "by-hand")] = (null, "timeout 9", null);
                List<(
                    ConfigurationFolder Folder,
                    Dictionary<(string, string), (string?, string, string?)> Model)> history = [];
                foreach (var step in steps)
                {
                    history.Add((folder, new(model)));
                    if (step.Kind == Kind.Rollback)
                        (folder, model) = (history[history.Count / 2].Folder, new(history[history.Count / 2].Model));
                    else
                        (folder, model) = (Apply(folder, step), Expected(model, step));
                }

                return Said(folder).OrderBy(e => e)
                    .SequenceEqual(model.Select(e => $"{e.Key} {(e.Value.Application, e.Value.Value)}").OrderBy(e => e))
                    && Open(folder).OrderBy(e => e)
                        .SequenceEqual(model.Where(e => e.Key.Item1 == "route" && IsOpen(model, e.Value))
                            .Select(e => e.Key.Item2)
                            .OrderBy(e => e))
                    && folder.Functions.Document["x-note"] is YamlScalar { Value: "kept" };
            },
            print: s => string.Join("\n", s.Select(step => step.ToString())));

    private static ConfigurationFolder Start() =>
        File("resources.yml", "{}\n", File(
            "functions.yml",
            "x-note: kept\nfunctions:\n  # mine\n  by-hand: {code: /h, runtime: python3.12, timeout: 9}\n",
            File("routing.yml", "{}\n", ConfigurationFolder.Empty)));

    private static ConfigurationFolder Apply(ConfigurationFolder folder, Step step)
    {
        var diagnostics = new DiagnosticBag();
        if (step.Kind == Kind.Remove)
        {
            bool Goes(ConfigurationEntry entry) => entry.Application == step.Application;
            return Written(
                Written(folder, folder.Functions, Removal.FromFunctions(folder.Functions.Document, Goes)),
                folder.Routing,
                Removal.FromRouting(folder.Routing.Document, Goes));
        }

        var plan = DeployPlan.Of(folder, step.Incoming, diagnostics, prune: step.Kind == Kind.Prune)
            ?? throw new InvalidOperationException(string.Join('\n', diagnostics));
        return plan.Updates.Aggregate(
            folder, (all, update) => File(update.Name, System.Text.Encoding.UTF8.GetString(update.After), all));
    }

    private static IEnumerable<string> Open(ConfigurationFolder folder)
    {
        var functions = FunctionsFile.Read(folder.Functions.Document, []).Functions;
        return RoutingFile.Read(folder.Routing.Document, []).Routes
            .Where(r => RouteWithoutFunction.Of(r, functions) is null)
            .Select(r => r.Key);
    }

    // A route calls the function that its application meant when it was deployed: its own, that of the application that
    // had it then, or a later one of any application.
    private static bool IsOpen(
        Dictionary<(string, string), (string? Application, string Value, string? Meant)> model,
        (string? Application, string Value, string? Meant) route) =>
        model.TryGetValue(("function", route.Value), out var function)
        && (function.Application is null
            || function.Application == route.Application
            || function.Application == route.Meant
            || route.Meant == "*");

    private static Dictionary<(string, string), (string?, string, string?)> Expected(
        Dictionary<(string, string), (string? Application, string Value, string? Meant)> model,
        Step step)
    {
        Dictionary<(string, string), (string?, string, string?)> named = [];
        foreach (var (name, timeout) in step.Functions)
            named[("function", name)] = (step.Application, $"timeout {timeout}", null);
        foreach (var (path, function) in step.Routes)
            named[("route", $"GET {path}")] = (step.Application, function, named.ContainsKey(("function", function))
                ? null
                : model.TryGetValue(("function", function), out var there) ? there.Application : "*");
        foreach (var key in step.Keys)
            named[("API key", $"{step.Application}/{key}")] = (step.Application, key, null);
        if (step.Kind == Kind.Remove)
            return model.Where(e => e.Value.Application != step.Application).ToDictionary();
        // Of other applications, only what the deploy names changes; a deploy without resources names no application,
        // and prunes nothing.
        var kept = step.Kind == Kind.Prune && named.Count > 0
            ? model.Where(e => e.Value.Application != step.Application)
            : model;
        return kept.Where(e => !named.ContainsKey(e.Key)).Concat(named).ToDictionary();
    }

    private static IEnumerable<string> Said(ConfigurationFolder folder) => folder.Entries.Select(entry =>
    {
        var node = entry.Section switch
        {
            "function" => ((YamlMapping)folder.Functions.Document["functions"]!)[entry.Key],
            "route" => Item(folder.Routing.Document, "routes", r => $"GET {r["path"]}" == entry.Key),
            _ => Item(folder.Routing.Document, "api_keys", k => $"{k["application"]}/{k["name"]}" == entry.Key),
        };
        var value = entry.Section switch
        {
            "function" => $"timeout {((YamlMapping)node!)["timeout"]}",
            "route" =>
            $"{((YamlMapping)node!)["function"]}",
            _ => $"{((YamlMapping)node!)["name"]}"
        };
        return $"{(entry.Section, entry.Key)} {(entry.Application, value)}";
    });

    private static YamlMapping? Item(YamlMapping document, string list, Predicate<YamlMapping> isIt) =>
        (document[list] as YamlSequence)?.Items.OfType<YamlMapping>().Single(i => isIt(i));

    private static ConfigurationFolder Written(ConfigurationFolder folder, ConfigurationFile file, YamlMapping left) =>
        File(
            file.Name,
            System.Text.Encoding.UTF8.GetString(
                ConfigurationDocument.Write(file.Bytes, file.Document, left, file.Name, [])!),
            folder);

    private static ConfigurationFolder File(string name, string text, ConfigurationFolder folder)
    {
        byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes(text)];
        return folder.With(name, ConfigurationDocument.Parse(bytes, name, [])!, bytes);
    }

    private enum Kind
    {
        Deploy,
        Prune,
        Remove,
        Rollback,
    }

    private sealed record Step(
        Kind Kind,
        string Application,
        (string Name, int Timeout)[] Functions,
        (string Path, string Function)[] Routes,
        string[] Keys)
    {
        public IncomingConfiguration Incoming => new(
            YamlMapping.Empty,
            YamlMapping.Of(("functions", YamlMapping.Of([.. Functions.GroupBy(f => f.Name)
                .Select(f => (f.Key, (YamlNode?)YamlMapping.Of(
                ("code", YamlScalar.Text("/f")),
                    ("runtime", YamlScalar.Text("python3.12")),
                    ("timeout", YamlScalar.Number(f.Last().Timeout)),
                    ("application", YamlScalar.Text(Application)))))]))),
            YamlMapping.Of(
                ("routes", new YamlSequence([.. Routes.Select(r => YamlMapping.Of(
                    ("path", YamlScalar.Text(r.Path)),
                    ("method", YamlScalar.Text("GET")),
                    ("function", YamlScalar.Text(r.Function)),
                    ("application", YamlScalar.Text(Application))))])),
                ("api_keys", new YamlSequence([.. Keys.Distinct().Select(k => YamlMapping.Of(
                    ("name", YamlScalar.Text(k)),
                    ("value", YamlScalar.Text("value-" + k)),
                    ("application", YamlScalar.Text(Application))))]))));

        public override string ToString() =>
            $"{Kind} {Application}: {string.Join(' ', Functions)} {string.Join(' ', Routes)} {string.Join(' ', Keys)}";
    }
}
