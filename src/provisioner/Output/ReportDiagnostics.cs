using Esb.Manifests;
using Esb.Provisioner.Converging;
using Esb.Provisioner.Planning;
using Esb.Schema.Diagnostics;
using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Provisioner.Output;

/// <summary>Adds what was not done, and what failed, to the diagnostics, with its place in the manifest.</summary>
internal static class ReportDiagnostics
{
    public static void Add(ResourceReport report, Resource written, DiagnosticBag diagnostics)
    {
        var subject = $"{report.Noun} '{report.Name}'";
        foreach (var finding in report.Findings)
        {
            var node = written.Properties.KeyNode(finding.Property) ?? (YamlNode)written.Properties;
            if (finding.Kind is FindingKind.Refused or FindingKind.NotArrived)
                diagnostics.Error(
                    finding.Kind == FindingKind.Refused
                        ? DiagnosticCodes.NotSupported
                        : DiagnosticCodes.Environment, $"{subject}: {finding.Message}", node, finding.Help);
            else
                diagnostics.Warning(DiagnosticCodes.NotSupported, $"{subject}: {finding.Message}", node, finding.Help);
        }

        if (report.Error is { } error)
            diagnostics.Error(
                DiagnosticCodes.Environment,
                $"{subject}: {error}",
                written.Properties,
                "running again continues from there");
    }
}
