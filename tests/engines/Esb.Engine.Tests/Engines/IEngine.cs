namespace Esb.Engine.Tests.Engines;

/// <summary>The engine under test, accessed without the agent.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>The settings with which an agent uses it.</summary>
    (string Name, string Value)[] Settings { get; }

    /// <summary>The setting that names the engine's socket.</summary>
    (string Name, string Value) SettingOfSocket(string path);

    /// <summary>Makes an image that was just built available to the engine, and returns its reference.</summary>
    Task<string> OfferAsync(string image);

    /// <summary>Everything that the engine has for an owner: containers and their other parts.</summary>
    Task<string[]> OwnedAsync(string owner);
}
