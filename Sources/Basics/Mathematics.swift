#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Double {
  /// Returns the natural logarithm, without pulling Foundation into the caller.
  public static func log(_ x: Double) -> Double {
    #if canImport(Glibc)
    Glibc.log(x)
    #else
    Darwin.log(x)
    #endif
  }

  /// Returns *e* to the power *x*.
  public static func exp(_ x: Double) -> Double {
    #if canImport(Glibc)
    Glibc.exp(x)
    #else
    Darwin.exp(x)
    #endif
  }

  /// Returns the sine of an angle in radians.
  public static func sin(_ x: Double) -> Double {
    #if canImport(Glibc)
    Glibc.sin(x)
    #else
    Darwin.sin(x)
    #endif
  }

  /// Returns the cosine of an angle in radians.
  public static func cos(_ x: Double) -> Double {
    #if canImport(Glibc)
    Glibc.cos(x)
    #else
    Darwin.cos(x)
    #endif
  }

  /// Returns the tangent of an angle in radians.
  public static func tan(_ x: Double) -> Double {
    #if canImport(Glibc)
    Glibc.tan(x)
    #else
    Darwin.tan(x)
    #endif
  }
}
