namespace Esb.Cli.Documents;

/// <summary>One environment of this machine: <c>esb env list --json</c> prints a list of them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Whether commands that name no environment use it.</param>
/// <param name="Up">Whether its gateway runs.</param>
/// <param name="Address">The address of its gateway.</param>
/// <param name="StateDir">The folder of its data.</param>
/// <param name="ConfigDir">Its configuration folder.</param>
internal sealed record EnvironmentOutput(
    string Name,
    bool Default,
    bool Up,
    string Address,
    string StateDir,
    string ConfigDir);
