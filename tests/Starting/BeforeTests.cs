using System.Runtime.CompilerServices;

namespace Esb.Testing;

/// <summary>
/// Compiled into each test program, because a library's initializer would only run when something of it is first used.
/// </summary>
internal static class BeforeTests
{
    [ModuleInitializer]
    internal static void Run() => Surroundings.Set();
}
