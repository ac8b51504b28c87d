using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Cli.Removing;

/// <summary>Plans a removal: the current entries without the named ones.</summary>
internal sealed class RemovalPlanning(RemovalRequest request, DeployTarget target)
{
    /// <summary>Plans the removal, as a <see cref="Planning"/>.</summary>
    /// <exception cref="CommandFailure">A named entry does not exist.</exception>
    public async Task<PlannedChange?> PlanAsync(
        string folder, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (ConfigurationFolder.Read(folder, diagnostics) is not { } files
            || await StartingPoints.FindAsync(files, target, diagnostics, cancellationToken) is not { } start)
            return null;
        RequireAll(start.Existing, folder);
        if (Without(start.Existing, e => request.Wanted.Any(w => w.Is(e)), diagnostics) is not { } after)
            return null;
        var plan = StatePlan.Between(start.Existing, after);
        return new PlannedChange(
            plan with { Start = start, Doubts = [.. plan.Doubts, .. DefaultsThatStay(folder, after)] },
            new RevisionOrigin(RevisionKind.Removal, request.Purpose)
            {
                Applications = request.Application is { } application ? [application] : [],
            });
    }

    // The defaults of a removed application stay, since functions of other applications may rely on them.
    private IReadOnlyList<Diagnostic> DefaultsThatStay(string folder, ConfigurationFolder after)
    {
        if (request.Application is not { } application || DeployedApplications.At(new RevisionStore(folder).All())
            .GetValueOrDefault(application)?.Defaults is not { Count: > 0 } brought)
            return [];
        List<string> stay = [.. brought.Where(path => path.Split('.')
            .Aggregate(after.Functions.Document["defaults"], (node, key) => (node as YamlMapping)?[key]) is not null)];
        return stay.Count == 0 ? [] :
        [
            new Diagnostic(
                Severity.Warning, DiagnosticCodes.Shadowed, $"the defaults {string.Join(", ", stay)}, which "
                    + $"application '{application}' added, stay and apply to the functions of every application",
                Help: $"take them out of {Path.Combine(folder, ConfigurationFiles.Functions)} by hand if nobody needs "
                    + "them, secrets first"),
        ];
    }

    private void RequireAll(ConfigurationFolder existing, string folder)
    {
        var entries = existing.Entries;
        if (request.Wanted.FirstOrDefault(w => !entries.Any(e => w.Is(e))).Name is not { } missing)
            return;
        var applications = entries.Select(e => e.Application)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        throw CommandFailure.Environment(
            $"there is no {missing} in {folder}; nothing was changed",
            request.Application is null ? "esb list shows what exists"
                : applications.Count == 0 ? "there is no application"
                : $"there are: {string.Join(", ", applications)}");
    }

    private static ConfigurationFolder? Without(
        ConfigurationFolder existing, Predicate<ConfigurationEntry> goes, DiagnosticBag diagnostics) =>
        ConfigurationFolder.OfAll(
            kind => Written(existing[kind], kind.Remove(existing[kind].Document, goes), diagnostics));

    private static ConfigurationFile? Written(ConfigurationFile file, YamlMapping left, DiagnosticBag diagnostics)
    {
        if (ReferenceEquals(left, file.Document))
            return file;
        return ConfigurationDocument.Write(file.Bytes, file.Document, left, file.Name, diagnostics) is { } bytes
            ? file with { Document = left, Bytes = bytes }
            : null;
    }
}
