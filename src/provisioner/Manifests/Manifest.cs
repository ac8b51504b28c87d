using Esb.Provisioner.Settings;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Resources;

namespace Esb.Provisioner.Manifests;

/// <summary>Finds and reads resources.yml.</summary>
internal static class Manifest
{
    /// <summary>The manifest and its path; both null when there is none, and a null file with errors when it cannot be used.</summary>
    public static (string? Path, ResourcesFile? File) Read(ProvisionerSettings settings, DiagnosticBag diagnostics)
    {
        if (settings.Manifests.FirstOrDefault(File.Exists) is not { } path)
        {
            if (settings.Manifests.Count == 1)
                diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.FileAccess, "there is no such manifest", settings.Manifests[0], Help: "RESOURCES_YML must name a resources.yml"));
            return default;
        }

        if (ConfigurationDocument.Read(path, diagnostics, out _) is not { } document)
            return (path, null);
        var file = ResourcesFile.Read(document, diagnostics);
        return (path, diagnostics.HasErrors ? null : file);
    }
}
