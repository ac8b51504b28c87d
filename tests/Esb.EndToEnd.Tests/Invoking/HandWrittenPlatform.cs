using Esb.EndToEnd.Tests.Platforms;
using TUnit.Core.Interfaces;

namespace Esb.EndToEnd.Tests.Invoking;

/// <summary>One platform with the hand-written functions for all tests here.</summary>
public sealed class HandWrittenPlatform : IAsyncInitializer, IAsyncDisposable
{
    /// <summary>The platform; not public, because TUnit would dispose it a second time.</summary>
    internal Platform Platform { get; } = new();

    /// <summary>A folder in which functions and tests exchange messages.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("esb-invoking-").FullName;

    public async Task InitializeAsync()
    {
        await Platform.InitializeAsync();
        await HandWritten.ServeAsync(Platform, Path.Combine(Folder, "timed"));
    }

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
