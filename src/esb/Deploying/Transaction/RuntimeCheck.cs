using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Interpreters;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// Checks that this machine has the interpreters that the functions of a deploy name. A function also runs on another
/// version, but its code may then meet an older or newer language than it was written for.
/// </summary>
internal static class RuntimeCheck
{
    /// <summary>One warning for each missing runtime. Containers bring their own.</summary>
    /// <param name="incoming">The incoming configuration.</param>
    /// <param name="settings">The settings of the platform.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<IReadOnlyList<Diagnostic>> RunAsync(
        IncomingConfiguration incoming, PlatformSettings settings, CancellationToken cancellationToken)
    {
        if (settings.IsInContainers)
            return [];
        var known = KnownInterpreters.Read(settings.State);
        var interpreters = new MachineInterpreters(PlatformState.Read(settings.State), cancellationToken, known);
        var runtimes = ((incoming.Functions["functions"] as YamlMapping)?.Entries ?? [])
            .Select(f => (f.Key, Runtime: f.Value is YamlMapping function && !function.Contains("image")
                ? function["runtime"] as YamlScalar
                : null))
            .Where(f => f.Runtime is not null)
            .GroupBy(f => f.Runtime!.Value, f => f.Key.Value, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal);
        var found = await Task.WhenAll(runtimes.Select(async r => WantedInterpreter.Of(r.Key) is { } wanted
            ? Of(r.Key, [.. r.Order(StringComparer.Ordinal)], wanted, await interpreters.FindAsync(wanted))
            : null));
        known.Write();
        return [.. found.OfType<Diagnostic>()];
    }

    /// <summary>The warning about one runtime; null when the machine has it.</summary>
    public static Diagnostic? Of(
        string runtime, IReadOnlyList<string> functions, WantedInterpreter wanted, Interpreter? found)
    {
        if (found is not null && wanted.IsMetBy(found))
            return null;
        var isPython = wanted.Language == Language.Python;
        var name = isPython ? "Python" : "Node.js";
        var release = found?.Release(wanted.Language);
        var what = found is null
            ? $"has no {name}, so nothing can start"
            : $"runs it on {name} {found.Version} ({found.Path})";
        var other = found is null
            ? ""
            : $", or name {(isPython ? $"python{release}" : $"nodejs{release}.x")} in the template";
        return new Diagnostic(
            Severity.Warning,
            DiagnosticCodes.Environment,
            $"runtime {runtime} of {string.Join(", ", functions)}: this machine {what}",
            Help: $"put {name} {wanted.Version} on the PATH of esb-agent{other}");
    }
}
