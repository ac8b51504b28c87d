using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>One part that <c>esb up</c> started.</summary>
internal sealed record PartReading(string Name, bool IsRunning, string LogFile)
{
    /// <summary>False: its process runs, or is being started again, and it does not do its work.</summary>
    public bool Answers { get; init; } = true;
}

/// <summary>What the state folder says.</summary>
/// <param name="Folder">As people write it.</param>
/// <param name="Format">The version of what lies in it; null when it does not say so in a way that can be read.</param>
/// <param name="Known">The version that this esb reads.</param>
/// <param name="Up">How long ago the platform was started; null when it was not, or was stopped.</param>
/// <param name="Parts">What was started.</param>
internal sealed record PlatformReading(string Folder, int? Format, int Known, TimeSpan? Up, IReadOnlyList<PartReading> Parts);

/// <summary>What was started still runs, and its state is one that this esb reads.</summary>
internal static class PlatformCheck
{
    private const string Name = "platform";

    /// <summary>Looks, and judges what it sees.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(Patient patient, TimeProvider time, CancellationToken cancellationToken) =>
        Of(await Reader.ReadAsync(patient, time, cancellationToken));

    public static IEnumerable<Finding> Of(PlatformReading platform)
    {
        if (platform.Format is not { } format)
        {
            yield return Finding.Fail(Name, $"{platform.Folder}/format is damaged", $"write {platform.Known} into it, the version of the state folder");
            yield break;
        }

        if (format > platform.Known)
        {
            yield return Finding.Fail(Name, $"{platform.Folder} has format version {format}, this esb reads {platform.Known}", $"use ESB {format}.0 or newer, or another folder (ESB_STATE_DIR)");
            yield break;
        }

        foreach (var part in platform.Parts.Where(part => !part.IsRunning))
            yield return Finding.Fail(Name, $"the {part.Name} has ended", $"esb up starts it again; {part.LogFile} may say why");
        foreach (var part in platform.Parts.Where(part => part.IsRunning && !part.Answers))
            yield return Finding.Fail(Name, $"the {part.Name} does not answer", $"wait a moment; if it stays so, esb down and esb up, and {part.LogFile} may say why");
        var running = platform.Parts.Where(part => part.IsRunning).Select(part => part.Name).ToList();
        if (platform.Up is { } up && running.Count > 0)
            yield return Finding.Ok(Name, $"up {Spans.Age(up)}: {string.Join(", ", running)}; data in {platform.Folder}");
        else if (platform.Parts.Count == 0)
            yield return Finding.Ok(Name, $"not running (esb up starts it); data in {platform.Folder}");
    }

    /// <summary>Looks into the state folder and at the processes that it names.</summary>
    private static class Reader
    {
        public static async Task<PlatformReading> ReadAsync(Patient patient, TimeProvider time, CancellationToken cancellationToken)
        {
            var folder = patient.Settings.State;
            using var http = LocalHttp.Create();
            var down = await PartsDown.FindAsync(patient.Settings, http, cancellationToken);
            var parts = (patient.State?.Components ?? []).Select(part => new PartReading(ComponentNames.Of(part.Kind), part.Process.IsRunning(), part.LogFile)
            {
                Answers = !down.Any(other => other.Name == ComponentNames.Of(part.Kind)),
            });
            return new PlatformReading(folder.Display, Format(folder), StateFormat.Current, time.GetUtcNow() - patient.State?.StartedAt, [.. parts]);
        }

        private static int? Format(StateFolder folder)
        {
            try
            {
                return StateFormat.Of(folder);
            }
            catch (Exception e) when (e is FormatException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
