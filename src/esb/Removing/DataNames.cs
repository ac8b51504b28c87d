using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Removing.Data;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Removing;

/// <summary>Chooses the tables and buckets whose data a removal deletes.</summary>
internal static class DataNames
{
    /// <exception cref="CommandFailure">One of them is unknown, or an entry that stays names it.</exception>
    public static IReadOnlyList<StoredName> Of(RemovalRequest request, string folder)
    {
        if (request.Data.Count == 0)
            return [];
        var diagnostics = new DiagnosticBag();
        if (ConfigurationFolder.Read(folder, diagnostics) is not { } files)
            throw new CommandFailure(ExitCode.Failure, [.. diagnostics.Where(d => d.Severity == Severity.Error)]);
        List<StoredName> names = [.. request.Data.Select(d => StoredName.Of(d, files.Entries)).Distinct()];
        foreach (var name in names)
        {
            if (files.Entries.FirstOrDefault(e => name.Is(e) && !request.Wanted.Any(w => w.Is(e))) is not { } staying)
                continue;
            throw CommandFailure.Usage(
                $"--delete-data {name.Name}: {name} is named by "
                    + $"{(staying.Application is { } application ? $"application '{application}'" : "resources.yml")}, "
                    + "which stays",
                staying.Application is { } owner
                    ? $"esb remove {owner} --delete-data {name.Name} removes both"
                    : "take it out of resources.yml first");
        }

        return names;
    }
}
