using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Platform;

/// <summary>
/// <c>platform.json</c>: what <c>esb up</c> started and how to reach it. Written after every single start, so that a killed
/// <c>esb up</c> leaves nothing that <c>esb down</c> does not find.
/// </summary>
/// <param name="StartedAt">When the oldest running part was started.</param>
/// <param name="ConfigDir">The folder that the gateway reads, absolute.</param>
/// <param name="Addresses">Where the parts answer.</param>
/// <param name="Region">AWS region of the platform.</param>
/// <param name="Components">What was started, in the order of starting.</param>
internal sealed record PlatformState(
    DateTimeOffset StartedAt,
    string ConfigDir,
    PlatformAddresses Addresses,
    string Region,
    IReadOnlyList<RunningComponent> Components)
{
    /// <summary>A gateway that an <c>esb upgrade</c> has started and that may or may not serve by now; null between upgrades.</summary>
    public RunningComponent? Starting { get; init; }

    /// <summary>Gateways that have given their place away and finish what they have.</summary>
    public IReadOnlyList<RunningComponent> Leaving { get; init; } = [];

    /// <summary>Null: nothing was started, or what is there is not readable and so names nothing.</summary>
    public static PlatformState? Read(StateFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(OrdinaryFile.ReadAll(folder.PlatformFile), PlatformJson.Default.PlatformState);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Write(StateFolder folder) =>
        AtomicFile.Write(folder.PlatformFile, JsonSerializer.SerializeToUtf8Bytes(this, PlatformJson.Default.PlatformState));

    /// <summary>What of it still runs.</summary>
    public IReadOnlyList<RunningComponent> Alive() => [.. Components.Where(component => component.Process.IsRunning())];

    /// <summary>The same, with what an upgrade has beside it.</summary>
    public IReadOnlyList<RunningComponent> AllAlive() =>
        [.. Components.Concat(Leaving).Append(Starting).OfType<RunningComponent>().Where(component => component.Process.IsRunning())];

    /// <summary>The running component of this kind, or null.</summary>
    public RunningComponent? Find(ComponentKind kind) => Alive().FirstOrDefault(component => component.Kind == kind);
}

/// <summary>One process of the platform.</summary>
/// <param name="Kind">Which part.</param>
/// <param name="Process">Its process.</param>
/// <param name="Address">As people read it.</param>
/// <param name="LogFile">Where its output goes.</param>
internal sealed record RunningComponent(ComponentKind Kind, ProcessIdentity Process, string Address, string LogFile);

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(PlatformState))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class PlatformJson : JsonSerializerContext;
