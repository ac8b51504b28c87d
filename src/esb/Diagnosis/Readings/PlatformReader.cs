using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Settings;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Looks into the state folder and at the processes that it names.</summary>
internal static class PlatformReader
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
