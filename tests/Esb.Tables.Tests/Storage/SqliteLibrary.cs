using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Esb.Tables.Tests.Storage;

/// <summary>
/// The programs contain SQLite; the tests load the machine's. Without the package for developers it has only the name
/// that is looked for here.
/// </summary>
internal static class SqliteLibrary
{
    [ModuleInitializer]
    internal static void Resolve() => NativeLibrary.SetDllImportResolver(
        typeof(SQLite3Provider_sqlite3).Assembly,
        (name, assembly, path) => name == "sqlite3" ? NativeLibrary.Load("libsqlite3.so.0", assembly, path) : 0);
}
