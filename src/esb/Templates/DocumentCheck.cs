using Esb.Cli.Deploying.Transaction;
using Esb.Manifests;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Resources;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Cli.Templates;

/// <summary>
/// Reads the generated documents as gateway and provisioner do, so that every command that reads templates reports the
/// errors that a deploy would report.
/// </summary>
internal static class DocumentCheck
{
    private const string Functions = "functions";

    public static void Run(IncomingConfiguration incoming, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        FunctionsFile.Read(WithCode(incoming.Functions), found);
        RoutingFile.Read(incoming.Routing, found);
        // Approximated properties are lines of the receipt already.
        foreach (var error in found.Where(d => d.Severity == Severity.Error))
            diagnostics.Add(error);
        WantedResources.Read(ResourcesFile.Read(incoming.Resources, diagnostics), diagnostics);
    }

    // Missing code is reported by staging, with its place in the template.
    private static YamlMapping WithCode(YamlMapping document)
    {
        if (document[Functions] is not YamlMapping functions)
            return document;
        return document.With(Functions, new YamlMapping(
            [.. functions.Entries.Select(f => f.Value is YamlMapping function && !function.Contains("image")
                ? f with { Value = function.With("code", YamlScalar.Text(".")) }
                : f)]));
    }
}
