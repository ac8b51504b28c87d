using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Documents;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Environments;

/// <summary>One environment of this machine.</summary>
/// <param name="State">The state folder.</param>
/// <param name="Name">The mark; without a mark, the name of the folder.</param>
/// <param name="Address">The address of its gateway.</param>
/// <param name="IsUp">Whether its gateway runs.</param>
/// <param name="ConfigDir">The configuration folder.</param>
internal sealed record ListedEnvironment(StateFolder State, string Name, string Address, bool IsUp, string ConfigDir);

/// <summary>The environments that <c>esb env</c> lists.</summary>
internal sealed class EnvironmentList
{
    private static readonly string[] Header = ["", "ENVIRONMENT", "STATE", "ADDRESS", "DATA"];

    private readonly KnownEnvironments _known;
    private readonly IReadOnlyList<ListedEnvironment> _all;

    private EnvironmentList(KnownEnvironments known, IReadOnlyList<ListedEnvironment> all) =>
        (_known, _all) = (known, all);

    /// <summary>The name of the default environment.</summary>
    public string Default => _all.FirstOrDefault(IsDefault)?.Name ?? _known.Default;

    public static EnvironmentList Read(SettingSources sources)
    {
        var known = new KnownEnvironments(StateFolder.RootOf(sources));
        return new EnvironmentList(known, [.. known.All.Select(Read)]);
    }

    /// <summary>Makes an environment the default one.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="CommandFailure">There is no such environment.</exception>
    public string SetDefault(string name)
    {
        var found = Require(name);
        _known.SetDefault(found.State.Name);
        return found.Name;
    }

    /// <summary>Finds an environment by the name of its folder, or by its mark.</summary>
    /// <exception cref="CommandFailure">There is no such environment.</exception>
    public ListedEnvironment Require(string name) =>
        _all.FirstOrDefault(e => e.State.Name == name) ?? _all.FirstOrDefault(e => e.Name == name)
            ?? throw CommandFailure.Environment(
                $"there is no environment '{name}'",
                NearMiss.Question(name, Names)
                    ?? $"esb up --env {name} starts one; esb env list shows the existing ones");

    /// <summary>Whether an environment is the default one.</summary>
    public bool IsDefault(ListedEnvironment environment) => environment.State.Name == _known.Default;

    /// <summary>Resets the choice of the default environment.</summary>
    public void ForgetDefault() => _known.ForgetDefault();

    /// <summary>The names of the environments.</summary>
    public IEnumerable<string> Names => _all.Select(e => e.Name);

    public IReadOnlyList<string> Lines(int width) =>
        _all.Count == 0 ? [] : TextTable.Lines(Header, [.. _all.Select(Row)], width);

    private string[] Row(ListedEnvironment environment) =>
    [
        IsDefault(environment) ? "*" : "",
        environment.Name,
        environment.IsUp ? "up" : "down",
        environment.Address,
        environment.State.Display,
    ];

    public IReadOnlyList<EnvironmentOutput> ToOutput() =>
    [
        .. _all.Select(environment => new EnvironmentOutput(
            Name: environment.Name,
            Default: IsDefault(environment),
            Up: environment.IsUp,
            Address: environment.Address,
            StateDir: environment.State.Path,
            ConfigDir: environment.ConfigDir)),
    ];

    private static ListedEnvironment Read(StateFolder state)
    {
        var platform = PlatformState.Read(state);
        var isUp = platform?.Find(ComponentKind.Gateway) is not null;
        var remembered = RememberedEnvironment.Read(state);
        var folder = isUp ? platform!.ConfigDir : remembered.ConfigDir ?? state.Configuration;
        var port = (remembered.Ports ?? PlatformPorts.Default).Gateway;
        var address = isUp ? platform!.Addresses.Gateway : new Uri($"http://127.0.0.1:{port}");
        var name = EnvironmentMark.Of(folder) ?? state.Name;
        return new ListedEnvironment(state, name, address.GetLeftPart(UriPartial.Authority), isUp, folder);
    }
}
