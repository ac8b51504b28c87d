using Esb.Schema.Diagnostics;

namespace Esb.Cli.Settings;

/// <summary>Settings of earlier versions that are still set in the environment or in a <c>.env</c> file.</summary>
internal static class FormerSettings
{
    private static readonly string[] Names = [SettingNames.FormerStoresPort, SettingNames.FormerDatabasePort];

    /// <summary>The names that are set.</summary>
    public static IReadOnlyList<string> Given(SettingSources sources) =>
        [.. Names.Where(name => sources[name] is not null)];

    /// <summary>A line for each former name that is set. A platform in containers never had these settings.</summary>
    public static IEnumerable<Diagnostic> Of(PlatformSettings settings) =>
        settings.IsInContainers ? [] : settings.FormerNames.Select(name => Of(name, settings));

    private static Diagnostic Of(string name, PlatformSettings settings) => new(
        Severity.Warning,
        DiagnosticCodes.Setting,
        name == SettingNames.FormerDatabasePort
            ? $"{name} has no effect: tables and buckets have one port, {SettingNames.StoresPort}"
            : settings.StoresPortName == name
                ? $"{name} is now {SettingNames.StoresPort}, and is read as it"
                : $"{name} has no effect, since {SettingNames.StoresPort} is set",
        Help: $"remove {name}, or rename it");
}
