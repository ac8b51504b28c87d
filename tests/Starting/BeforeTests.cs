using System.Runtime.CompilerServices;

namespace Esb.Testing;

/// <summary>
/// Compiled into each test program, because the initializer of a library would run only when a type of it is first
/// used.
/// </summary>
internal static class BeforeTests
{
    [ModuleInitializer]
    internal static void Run() => Surroundings.Set();
}
