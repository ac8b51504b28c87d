using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>
/// <c>image_config</c>: what is started in an image instead of the image's own command, as in Lambda's
/// <c>ImageConfig</c>. Empty settings mean the image's own command.
/// </summary>
/// <param name="EntryPoint">Docker's ENTRYPOINT.</param>
/// <param name="Command">Docker's CMD.</param>
/// <param name="WorkingDirectory">Empty when not given.</param>
public sealed record ImageConfiguration(
    IReadOnlyList<string> EntryPoint,
    IReadOnlyList<string> Command,
    string WorkingDirectory)
{
    /// <summary>No settings.</summary>
    public static ImageConfiguration None { get; } = new([], [], "");

    internal static ImageConfiguration Read(MappingReader? config)
    {
        config?.WarnOfOthersAndEmpty("entry_point", "command", "working_directory");
        return config is null ? None : new ImageConfiguration(
            config.TextList("entry_point"), config.TextList("command"), config.Text("working_directory") ?? "");
    }
}
