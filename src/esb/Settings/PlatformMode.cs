namespace Esb.Cli.Settings;

/// <summary>What the functions of a platform run in: processes, or containers of one of two engines.</summary>
internal sealed class PlatformMode
{
    /// <summary>The names of all modes, for a message.</summary>
    public const string Allowed = "process, docker or containerd";

    private PlatformMode(string name) => Name = name;

    /// <summary>Processes of this machine.</summary>
    public static PlatformMode Process { get; } = new("process");

    /// <summary>Containers of the Docker Engine.</summary>
    public static PlatformMode Docker { get; } = new("docker");

    /// <summary>Containers of the containerd in the platform's <c>runtime-node</c>.</summary>
    public static PlatformMode Containerd { get; } = new("containerd");

    /// <summary>The name in options, settings and documents.</summary>
    public string Name { get; }

    /// <summary>Whether functions run in containers and the platform is a Compose project.</summary>
    public bool UsesContainers => this != Process;

    /// <summary>The Compose file of the platform, in a checkout.</summary>
    public string ComposeFile => $"docker-compose.{Name}.yml";

    /// <returns>Null when no mode has the name.</returns>
    public static PlatformMode? Find(string name) =>
        Array.Find([Process, Docker, Containerd], mode => mode.Name == name);

    /// <summary>The name, for messages.</summary>
    public override string ToString() => Name;
}
