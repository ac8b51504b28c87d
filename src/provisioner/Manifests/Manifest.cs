using Esb.Host.Files;
using Esb.Manifests;
using Esb.Provisioner.Settings;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Resources;

namespace Esb.Provisioner.Manifests;

/// <summary>Finds and reads resources.yml.</summary>
internal static class Manifest
{
    /// <summary>
    /// The path of the manifest; null when no manifest exists. It is also null, with an error in
    /// <paramref name="diagnostics"/>, when the manifest must exist but does not, or when its existence cannot be
    /// determined.
    /// </summary>
    public static string? Find(ProvisionerSettings settings, DiagnosticBag diagnostics)
    {
        string? path = null;
        foreach (var candidate in settings.Manifests)
        {
            try
            {
                if (!ExistenceCheck.IsFile(candidate))
                    continue;
                path = candidate;
                break;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(new Diagnostic(
                    Severity.Error,
                    DiagnosticCodes.FileAccess,
                    $"cannot be checked: {e.Message}",
                    candidate,
                    Help: $"allow the provisioner's user ({Environment.UserName}) to read the folder: "
                        + $"chmod o+rx {Path.GetDirectoryName(candidate)}"));
                return null;
            }
        }

        if (path is null && settings.Manifests.Count == 1)
            diagnostics.Add(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.FileAccess,
                "there is no such manifest",
                settings.Manifests[0],
                Help: "RESOURCES_YML must name a resources.yml"));
        return path;
    }

    /// <summary>
    /// The wanted resources; null when the manifest cannot be used, with all reasons in <paramref name="diagnostics"/>.
    /// </summary>
    public static WantedResources? Read(string path, DiagnosticBag diagnostics)
    {
        if (ConfigurationDocument.Read(path, diagnostics, out _) is not { } document)
            return null;
        var wanted = WantedResources.Read(ResourcesFile.Read(document, diagnostics), diagnostics);
        return diagnostics.HasErrors ? null : wanted;
    }
}
