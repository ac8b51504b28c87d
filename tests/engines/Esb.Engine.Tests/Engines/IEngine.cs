namespace Esb.Engine.Tests.Engines;

/// <summary>The engine under test, as it is beside the agent.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>What tells an agent to use it.</summary>
    (string Name, string Value)[] Settings { get; }

    /// <summary>The setting that names the engine's socket.</summary>
    (string Name, string Value) SettingOfSocket(string path);

    /// <summary>Makes an image that was just built usable, and says by which reference.</summary>
    Task<string> OfferAsync(string image);

    /// <summary>All that the engine has of an owner: containers, and what else they are made of.</summary>
    Task<string[]> OwnedAsync(string owner);
}
